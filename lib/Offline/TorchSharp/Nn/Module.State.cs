using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            /// <summary>Parameters, then persistent buffers, by dotted name; the tensors are the module's own, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= new Dictionary<string, Tensor>(StringComparer.Ordinal);
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, parameter) in named_parameters())
                {
                    destination.TryAdd(start + name, parameter);
                }

                foreach (var (name, buffer) in named_buffers(include_nonpersistent: false))
                {
                    destination.TryAdd(start + name, buffer);
                }

                // A tensor that hangs at two places of the tree is listed under both of its names.
                foreach (var (name, submodule) in _submodules)
                {
                    submodule.state_dict(destination, start + name);
                }

                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(source);
                skip ??= [];
                var destination = state_dict();
                var unexpected = source.Keys.Where(key => !skip.Contains(key) && !destination.ContainsKey(key)).ToList();
                var missing = destination.Keys.Where(key => !skip.Contains(key) && !source.ContainsKey(key)).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                {
                    throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary.");
                }

                var pairs = source.Where(entry => !skip.Contains(entry.Key) && destination.ContainsKey(entry.Key)).Select(entry => (entry.Key, entry.Value, Target: destination[entry.Key])).ToList();

                // Before anything is copied: what does not fit would leave the module half loaded, what can be stretched to fit would do it in silence.
                foreach (var (key, value, target) in pairs)
                {
                    if (!value.shape.SequenceEqual(target.shape))
                    {
                        throw new ExternalException($"size mismatch for {key}: copying a tensor of shape [{string.Join(", ", value.shape)}], the shape in the module is [{string.Join(", ", target.shape)}].");
                    }
                }

                using var _ = no_grad();
                foreach (var (_, value, target) in pairs)
                {
                    target.copy_(value);
                }

                return (missing, unexpected);
            }

            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            /// <summary>Writes to the stream and closes it.</summary>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>The number of entries, then key and tensor of each; numbers are LEB128, see <see cref="TensorRecord"/>.</summary>
            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var entries = sd.Where(entry => skip is null || !skip.Contains(entry.Key)).ToList();
                TensorRecord.WriteNumber(writer, entries.Count);
                foreach (var (key, tensor) in entries)
                {
                    writer.Write(key);
                    TensorRecord.Write(writer, tensor);
                }
            }

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                if (!File.Exists(location))
                {
                    throw new FileNotFoundException(location);
                }

                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            /// <summary>Reads from the stream and closes it.</summary>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <summary>Everything is read and checked before the first tensor of the module changes.</summary>
            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                skip ??= [];
                var destination = state_dict();
                var count = TensorRecord.ReadNumber(reader);
                if (strict && count != destination.Count)
                {
                    throw new ArgumentException($"Mismatched state_dict sizes: expected {destination.Count}, but found {count} entries.");
                }

                var records = new List<(Tensor Target, TensorRecord Record)>();
                for (var i = 0L; i < count; i++)
                {
                    var key = reader.ReadString();
                    var found = destination.TryGetValue(key, out var target);
                    if (!found && strict)
                    {
                        throw new ArgumentException($"Mismatched module state names: the target modules does not have a submodule or buffer named '{key}'");
                    }

                    var record = TensorRecord.Read(reader);
                    if (found && !skip.Contains(key))
                    {
                        record.MustFit(target!);
                        records.Add((target!, record));
                    }

                    loadedParameters?.Add(key, found);
                }

                foreach (var (target, record) in records)
                {
                    record.CopyTo(target);
                }

                return this;
            }

            public static Module Create<T>(string path)
                where T : Module, new()
                => new T().load(path);
        }
    }
}
