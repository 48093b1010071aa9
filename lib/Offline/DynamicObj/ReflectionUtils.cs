using System.Reflection;
using Microsoft.FSharp.Core;

namespace DynamicObj;

/// <summary>Reads and writes an object's declared properties by name.</summary>
public static class ReflectionUtils
{
    public static PropertyInfo[] getPublicProperties(Type t) =>
        [.. t.GetProperties(), .. t.GetInterfaces().SelectMany(i => i.GetProperties())];

    public static FSharpOption<PropertyInfo> tryGetPropertyInfo(object o, string propName) =>
        FindProperty(o, propName) is { } property ? FSharpOption<PropertyInfo>.Some(property) : FSharpOption<PropertyInfo>.None;

    public static FSharpOption<object?> tryGetPropertyValue(object o, string propName) =>
        FindProperty(o, propName) is { } property ? FSharpOption<object?>.Some(property.GetValue(o, null)) : FSharpOption<object?>.None;

    public static bool removeProperty(object o, string propName)
    {
        if (FindProperty(o, propName) is not { CanWrite: true } property)
        {
            return false;
        }

        property.SetValue(o, null, null);
        return true;
    }

    internal static PropertyInfo? FindProperty(object o, string name) =>
        Array.Find(getPublicProperties(o.GetType()), property => property.Name == name);
}
