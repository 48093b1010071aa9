using System.Dynamic;
using Microsoft.FSharp.Core;

namespace DynamicObj;

/// <summary>An object whose properties are set and read by name: what plotly's traces and layouts are made of.</summary>
public class DynamicObj : DynamicObject
{
    private readonly Dictionary<string, object?> properties;

    public DynamicObj()
        : this(new Dictionary<string, object?>(StringComparer.Ordinal))
    {
    }

    internal DynamicObj(Dictionary<string, object?> dict) => properties = dict;

    public static object? GetValue(DynamicObj lookup, string name) => lookup.TryGetValue(name).Value;

    public static bool Remove(DynamicObj lookup, string name) => lookup.Remove(name);

    public static object? op_Dynamic<b>(b lookup, string name)
        where b : DynamicObj =>
        lookup.TryFind(name, out var value) ? value : throw new MemberAccessException();

    public static void op_DynamicAssignment<a, v>(a lookup, string name, v value)
        where a : DynamicObj =>
        lookup.SetValue(name, value);

    public FSharpOption<object?> TryGetValue(string name) =>
        TryFind(name, out var value) ? FSharpOption<object?>.Some(value) : FSharpOption<object?>.None;

    public FSharpOption<a> TryGetTypedValue<a>(string name) =>
        TryFind(name, out var value) && value is a typed ? FSharpOption<a>.Some(typed) : FSharpOption<a>.None;

    public void SetValue<c>(string name, c value)
    {
        if (ReflectionUtils.FindProperty(this, name) is not { } property)
        {
            properties[name] = value;
            return;
        }

        if (!property.CanWrite)
        {
            throw new ArgumentException("Readonly property - Property set method not found.", nameof(name));
        }

        property.SetValue(this, value, null);
    }

    public bool Remove(string name) => ReflectionUtils.removeProperty(this, name) || properties.Remove(name);

    public IEnumerable<KeyValuePair<string, object?>> GetProperties(bool includeInstanceProperties)
    {
        if (includeInstanceProperties)
        {
            foreach (var property in ReflectionUtils.getPublicProperties(GetType()))
            {
                yield return new(property.Name, property.GetValue(this, null));
            }
        }

        foreach (var (name, value) in properties)
        {
            yield return new(name, value);
        }
    }

    public void CopyDynamicPropertiesTo(DynamicObj target)
    {
        foreach (var (name, value) in GetProperties(includeInstanceProperties: false))
        {
            target.SetValue(name, value);
        }
    }

    public DynamicObj CopyDynamicProperties()
    {
        var target = new DynamicObj();
        CopyDynamicPropertiesTo(target);
        return target;
    }

    public override bool TryGetMember(GetMemberBinder binder, out object? result) => TryFind(binder.Name, out result);

    public override bool TrySetMember(SetMemberBinder binder, object? value)
    {
        SetValue(binder.Name, value);
        return true;
    }

    public override IEnumerable<string> GetDynamicMemberNames() =>
        GetProperties(includeInstanceProperties: true).Select(pair => pair.Key);

    /// <summary>True when every dynamic property of this object is in the other one with an equal value.</summary>
    public override bool Equals(object? o) =>
        o is DynamicObj other
        && properties.All(pair => other.properties.TryGetValue(pair.Key, out var value) && Equals(value, pair.Value));

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var (name, value) in properties.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    internal bool TryFind(string name, out object? value)
    {
        if (properties.TryGetValue(name, out value))
        {
            return true;
        }

        if (ReflectionUtils.FindProperty(this, name) is not { } property)
        {
            return false;
        }

        value = property.GetValue(this, null);
        return true;
    }
}
