using System.Collections;

namespace TorchSharp;

/// <summary>Items by name in the order of their registration; replacing one keeps its place.</summary>
internal sealed class NamedItems<T> : IEnumerable<(string Name, T Item)>
    where T : class
{
    private readonly List<(string Name, T Item)> _items = [];

    internal int Count => _items.Count;

    internal T? Find(string name)
    {
        var index = IndexOf(name);
        return index < 0 ? null : _items[index].Item;
    }

    internal bool Contains(string name) => IndexOf(name) >= 0;

    internal void Add(string name, T item) => _items.Add((name, item));

    internal void Set(string name, T item)
    {
        var index = IndexOf(name);
        if (index < 0)
        {
            _items.Add((name, item));
        }
        else
        {
            _items[index] = (name, item);
        }
    }

    internal void Remove(string name)
    {
        var index = IndexOf(name);
        if (index >= 0)
        {
            _items.RemoveAt(index);
        }
    }

    internal void Clear() => _items.Clear();

    internal (string Name, T Item)[] Snapshot() => [.. _items];

    public IEnumerator<(string Name, T Item)> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string name)
    {
        for (var i = 0; i < _items.Count; i++)
        {
            if (string.Equals(_items[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
