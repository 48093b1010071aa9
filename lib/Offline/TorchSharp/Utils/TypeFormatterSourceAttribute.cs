namespace TorchSharp.Utils;

/// <summary>Tells a notebook kernel, which finds it by its name, how a type shows itself.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;
}
