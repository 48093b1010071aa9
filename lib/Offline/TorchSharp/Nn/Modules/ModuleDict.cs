using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules by name, in the order in which they came.</summary>
public class ModuleDict<T> : nn.Module, IEnumerable<(string, T)>
    where T : nn.Module
{
    private readonly List<(string Name, T Module)> _list = [];

    public ModuleDict()
        : base(nameof(ModuleDict<T>))
    {
    }

    public int Count => _list.Count;

    public ICollection<string> Keys => [.. _list.Select(item => item.Name)];

    public ICollection<T> Values => [.. _list.Select(item => item.Module)];

    public T this[string key]
    {
        get => TryGetValue(key, out var module) ? module : throw new KeyNotFoundException($"There is no module '{key}' in this ModuleDict; it has {string.Join(", ", Keys)}.");
        set
        {
            var index = IndexOf(key);
            if (index < 0)
            {
                Add(key, value);
                return;
            }

            _list[index] = (key, value);
            Register();
        }
    }

    public void Add(string key, T value)
    {
        register_module(key, value);
        _list.Add((key, value));
    }

    public void Add((string, T) item) => Add(item.Item1, item.Item2);

    public bool Remove(string key)
    {
        var index = IndexOf(key);
        if (index < 0)
        {
            return false;
        }

        _list.RemoveAt(index);
        Register();
        return true;
    }

    public void clear()
    {
        _list.Clear();
        Register();
    }

    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var index = IndexOf(key);
        value = index < 0 ? null : _list[index].Module;
        return index >= 0;
    }

    public IEnumerator<(string, T)> items() => _list.GetEnumerator();

    public IEnumerable<string> keys() => Keys;

    public IEnumerable<T> values() => Values;

    public IEnumerator<(string, T)> GetEnumerator() => _list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string key) => _list.FindIndex(item => item.Name == key);

    private void Register()
    {
        ClearModules();
        foreach (var (name, module) in _list)
        {
            register_module(name, module);
        }
    }
}
