namespace CovidNotebooks.Recording;

/// <summary>
/// The unit of a setting, where its name does not tell: it ends the name in run records, for example <c>rotation_range_degrees</c>.
/// </summary>
/// <param name="name">The unit in the plural, in lower case.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UnitAttribute(string name) : Attribute
{
    /// <summary>The unit.</summary>
    public string Name { get; } = name;
}
