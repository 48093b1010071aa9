using System.Globalization;
using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;

namespace CovidNotebooks.Kernel.Formatting;

/// <summary>Values that are shown as one piece of text.</summary>
internal static class Scalars
{
    public static bool IsScalar(object? value) =>
        value is null or string or char or bool or Enum or IFormattable or Type or MemberInfo or Delegate or Exception or Uri or Version;

    public static string Text(object? value) => value switch
    {
        null => Formatter.NullString,
        string text => text,
        bool flag => flag ? "True" : "False",
        Type type => TypeName(type),
        DateTime moment => moment.ToString("u", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.ToString("u", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>The name of a type as C# writes it, without namespaces.</summary>
    public static string TypeName(Type type)
    {
        if (type.IsArray)
        {
            return $"{TypeName(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (!type.IsGenericType)
        {
            return type.Name;
        }

        var name = type.Name.Split('`')[0];
        return $"{name}<{string.Join(",", type.GetGenericArguments().Select(TypeName))}>";
    }

    /// <summary>The public members that a value is shown by; a member that throws shows its exception.</summary>
    public static IReadOnlyList<(string Name, Func<object, object?> Read)> Members(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(p =>
                p.CanRead
                    && p.GetMethod!.IsPublic
                    && p.GetIndexParameters().Length == 0
                    && p.Name != "EqualityContract"
                    && !p.PropertyType.IsByRefLike
                    && !p.PropertyType.IsPointer)
            .Select(p => (p.Name, (Func<object, object?>)(target => Safe(() => p.GetValue(target))))),
        .. type.GetFields(BindingFlags.Instance | BindingFlags.Public)
            .Where(f => !f.FieldType.IsPointer)
            .Select(f => (f.Name, (Func<object, object?>)(target => Safe(() => f.GetValue(target))))),
    ];

    private static object? Safe(Func<object?> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception)
        {
            var cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            return $"{cause.GetType().Name}: {cause.Message}";
        }
    }
}
