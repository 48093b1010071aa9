using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            /// <summary>Takes device and element type from <paramref name="other"/>.</summary>
            public Module _to(Tensor other, bool non_blocking) => Move(other.device, other.dtype, non_blocking);

            internal Module Move(Device? device, ScalarType? dtype, bool non_blocking)
            {
                if (dtype is { } type && !IsFloatingOrComplex(type))
                {
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={type}");
                }

                if (device is not null)
                {
                    InitializeDevice(device);
                }

                // One map for the whole tree: what two modules share they share afterwards too.
                var replaced = new Dictionary<Tensor, Tensor>(ReferenceEqualityComparer.Instance);
                MoveTree(replaced, device, dtype, non_blocking);
                foreach (var before in replaced.Keys)
                {
                    before.Dispose();
                }

                return this;
            }

            private void MoveTree(Dictionary<Tensor, Tensor> replaced, Device? device, ScalarType? dtype, bool non_blocking)
            {
                foreach (var (_, submodule) in named_children())
                {
                    submodule.MoveTree(replaced, device, dtype, non_blocking);
                }

                foreach (var (name, parameter) in _parametersByName.Snapshot())
                {
                    if (Replacement(replaced, parameter, () => Moved(parameter, device, dtype, non_blocking)) is Parameter moved)
                    {
                        _parametersByName.Set(name, moved);
                    }
                }

                foreach (var (name, buffer) in _buffersByName.Snapshot())
                {
                    if (Replacement(replaced, buffer, () => MovedBuffer(buffer, device, dtype, non_blocking)) is { } moved)
                    {
                        _buffersByName.Set(name, moved);
                    }
                }

                if (replaced.Count == 0)
                {
                    return;
                }

                foreach (var field in ComponentFields())
                {
                    if (field.GetValue(this) is Tensor value && replaced.TryGetValue(value, out var moved))
                    {
                        field.SetValue(this, moved);
                    }
                }
            }

            private static Tensor? Replacement(Dictionary<Tensor, Tensor> replaced, Tensor before, Func<Tensor?> make)
            {
                if (!replaced.TryGetValue(before, out var after) && make() is { } made)
                {
                    replaced.Add(before, after = made);
                }

                return after;
            }

            /// <summary>The parameter on its new device or in its new type, gradient included; null where nothing changes.</summary>
            private static Parameter? Moved(Parameter parameter, Device? device, ScalarType? dtype, bool non_blocking)
            {
                if (parameter.IsInvalid || !Changes(parameter, device, dtype))
                {
                    return null;
                }

                using var _ = no_grad();
                using var data = Converted(parameter, device, dtype, non_blocking);
                var moved = new Parameter(data, parameter.requires_grad);
                moved.DetachFromDisposeScope();
                if (GradientOf.Read(parameter) is { } gradient)
                {
                    using (gradient)
                    {
                        using var movedGradient = Converted(gradient, device, dtype, non_blocking);
                        GradientOf.Write(moved, movedGradient);
                    }
                }

                return moved;
            }

            private static Tensor? MovedBuffer(Tensor buffer, Device? device, ScalarType? dtype, bool non_blocking)
            {
                if (buffer.IsInvalid || !Changes(buffer, device, dtype))
                {
                    return null;
                }

                using var _ = no_grad();
                return Converted(buffer, device, dtype, non_blocking).DetachFromDisposeScope();
            }

            private static Tensor Converted(Tensor tensor, Device? device, ScalarType? dtype, bool non_blocking)
                => tensor.to(TypeFor(tensor, dtype), device ?? tensor.device, non_blocking: non_blocking);

            private static bool Changes(Tensor tensor, Device? device, ScalarType? dtype)
                => TypeFor(tensor, dtype) != tensor.dtype
                    || (device is not null && (device.type != tensor.device_type || (device.index >= 0 && device.index != tensor.device_index)));

            private static ScalarType TypeFor(Tensor tensor, ScalarType? dtype)
                => dtype is { } type && IsFloatingOrComplex(tensor.dtype) ? type : tensor.dtype;

            private static bool IsFloatingOrComplex(ScalarType type)
                => type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64
                    or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;
        }
    }
}
