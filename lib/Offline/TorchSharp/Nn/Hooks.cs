namespace TorchSharp;

/// <summary>The hooks at the moment of the call: a hook may remove itself while it runs.</summary>
internal static class Hooks
{
    internal static T[] Of<T>(Dictionary<string, T>? hooks) => hooks is null or { Count: 0 } ? [] : [.. hooks.Values];
}
