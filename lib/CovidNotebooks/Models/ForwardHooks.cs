using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using TorchSharp;

namespace CovidNotebooks.Models;

/// <summary>Whether somebody listens to a layer: TorchSharp runs hooks but has no public way to ask for them.</summary>
internal static class ForwardHooks
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> HookFields = new();

    /// <summary>True when a forward hook or pre-hook is registered on the layer, or when that cannot be known.</summary>
    public static bool MayBeOn(torch.nn.Module layer)
    {
        var fields = HookFields.GetOrAdd(layer.GetType(), FindHookFields);
        return fields.Length == 0 || fields.Any(field => field.GetValue(layer) is not ICollection { Count: 0 } and not null);
    }

    private static FieldInfo[] FindHookFields(Type type)
    {
        var fields = new List<FieldInfo>();
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            fields.AddRange(ancestor
                .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(
                    field =>
                        field.Name.Contains("hook", StringComparison.OrdinalIgnoreCase)
                            && field.FieldType.IsAssignableTo(typeof(ICollection))));
        }

        return [.. fields];
    }
}
