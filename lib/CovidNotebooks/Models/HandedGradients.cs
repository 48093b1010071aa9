using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>
/// Gradients that functions written in C# hand to autograd. It takes handles of its own, and gives handles that nobody lets go; without
/// care each gradient of a map would stay to the end of the batch.
/// </summary>
internal static class HandedGradients
{
    [ThreadStatic]
    private static List<Tensor>? Earlier;

    /// <summary>
    /// Hands gradients over, moved out of the scope, and lets go the one that was given and those that were handed over before.
    /// </summary>
    /// <param name="given">The gradient that a function's backward was given.</param>
    /// <param name="gradients">Those that it found, in the order of its arguments; null for an argument without one.</param>
    public static List<Tensor> Of(Tensor given, params Tensor?[] gradients)
    {
        given.Dispose();
        Earlier?.ForEach(gradient => gradient.Dispose());
        Earlier = [.. gradients.OfType<Tensor>().Select(gradient => gradient.MoveToOuterDisposeScope())];
        return [.. gradients.Select(gradient => gradient!)];
    }
}
