namespace TorchSharp.Utils;

/// <summary>Gives a field of a module another name than its own when its components are registered.</summary>
[AttributeUsage(AttributeTargets.Field)]
public class ComponentNameAttribute : Attribute
{
    public string? Name { get; set; }
}
