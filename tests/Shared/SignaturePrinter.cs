using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tests.Shared;

/// <summary>
/// Prints what an assembly shows to its users, one line a type (<c>type Name : Base kind</c>) and one line a member that the type itself declares
/// (<c>Type::[static ][virtual ]Member(type name = default, …) -> type [protected] [extension] [obsolete]</c>), in the spelling of the lists under tests/signatures.
/// </summary>
internal static class SignaturePrinter
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Public types, and nested types that are public or protected, of public types.</summary>
    public static IEnumerable<Type> VisibleTypes(Assembly assembly) => assembly.GetTypes().Where(IsVisible).OrderBy(TypeName, StringComparer.Ordinal);

    /// <summary>The line that describes the type itself.</summary>
    public static string TypeLine(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => " enum",
            { IsInterface: true } => " interface",
            { IsValueType: true } => " struct",
            { IsAbstract: true, IsSealed: true } => " static",
            { IsSealed: true } => " sealed",
            _ => "",
        };
        return $"type {TypeName(type)} : {(type.BaseType is { } parent ? Reference(parent) : "-")}{kind}";
    }

    /// <summary>The visible members that the type itself declares; overrides are left out when <paramref name="withOverrides"/> is false.</summary>
    public static IEnumerable<string> MemberLines(Type type, bool withOverrides = true)
    {
        foreach (var member in type.GetMembers(Declared).Where(member => !member.Name.Contains('<')))
        {
            var line = member switch
            {
                ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor) =>
                    $".ctor({Parameters(constructor)}){Protected(constructor)}{Obsolete(constructor)}",
                MethodInfo method when IsVisible(method) && !IsAccessor(method) && (withOverrides || !IsOverride(method)) => Method(method),
                PropertyInfo property when Accessors(property) is { Length: > 0 } accessors && (withOverrides || !accessors.All(IsOverride)) =>
                    Property(property, accessors),
                FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly => Field(field),
                _ => null,
            };
            if (line is not null)
            {
                yield return $"{TypeName(type)}::{line}";
            }
        }
    }

    /// <summary>The name of a type where it is declared: nested types with a dot, generic ones with a backtick and the number of their parameters.</summary>
    public static string TypeName(Type type) =>
        type.DeclaringType is { } outer ? $"{TypeName(outer)}.{type.Name}" : $"{type.Namespace}.{type.Name}";

    private static bool IsVisible(Type type) =>
        type.DeclaringType is { } outer ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(outer) : type.IsPublic;

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal) &&
        method.DeclaringType!.GetMembers(Declared).Any(member => member switch
        {
            PropertyInfo property => property.GetAccessors(nonPublic: true).Contains(method),
            EventInfo @event => @event.AddMethod == method || @event.RemoveMethod == method,
            _ => false,
        });

    private static bool IsOverride(MethodInfo method) => method.GetBaseDefinition() != method;

    private static MethodInfo[] Accessors(PropertyInfo property) => [.. property.GetAccessors(nonPublic: true).Where(IsVisible)];

    private static string Method(MethodInfo method)
    {
        var generics = method.IsGenericMethodDefinition ? $"<{string.Join(',', method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        var extension = method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? " [extension]" : "";
        return $"{(method.IsStatic ? "static " : "")}{(method is { IsVirtual: true, IsFinal: false } ? "virtual " : "")}{method.Name}{generics}" +
            $"({Parameters(method)}) -> {Reference(method.ReturnType)}{Protected(method)}{extension}{Obsolete(method)}";
    }

    private static string Property(PropertyInfo property, MethodInfo[] accessors)
    {
        var index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";
        var get = property.GetMethod is { IsPublic: true } ? " get;" : "";
        var set = property.SetMethod is { IsPublic: true } ? " set;" : "";
        return $"{(accessors[0].IsStatic ? "static " : "")}{property.Name}{index} {{{get}{set} }} -> {Reference(property.PropertyType)}{Obsolete(property)}";
    }

    private static string Field(FieldInfo field)
    {
        var value = field is { IsLiteral: true, DeclaringType.IsEnum: true }
            ? $" = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
            : "";
        return $"{(field.IsStatic ? "static " : "")}{field.Name} -> {Reference(field.FieldType)}{value}{(field.IsPublic ? "" : " protected")}{Obsolete(field)}";
    }

    private static string Protected(MethodBase method) => method.IsPublic ? "" : " protected";

    private static string Obsolete(MemberInfo member) => member.IsDefined(typeof(ObsoleteAttribute), inherit: false) ? " [obsolete]" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var prefix = parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) ? "params " : parameter.IsOut ? "out " : "";
        return $"{prefix}{Reference(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Default(parameter.DefaultValue)}" : "")}";
    }

    private static string Default(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Reference(Type type)
    {
        if (type.IsByRef)
        {
            return $"ref {Reference(type.GetElementType()!)}";
        }

        if (type.IsPointer)
        {
            return $"{Reference(type.GetElementType()!)}*";
        }

        if (type.IsArray)
        {
            return $"{Reference(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        var name = string.Join('.', TypeName(type).Split('.').Select(part => part.Split('`')[0]));
        return type.IsGenericType ? $"{name}<{string.Join(',', type.GetGenericArguments().Select(Reference))}>" : name;
    }
}
