namespace CovidNotebooks.Kernel.Formatting;

/// <summary>
/// How far the members of a shown value are followed. Beside the depth, which the notebook may set, two limits hold: a type inside itself
/// is followed once (a tensor whose transpose is a tensor, whose transpose …), and one output follows a few hundred values at most.
/// </summary>
internal sealed class Expansion
{
    private const int MostValues = 500;
    private readonly List<Type> inside = [];
    private int values;

    /// <summary>Whether a value's members may be followed; if so, <see cref="Leave"/> is called after them.</summary>
    public bool TryEnter(Type type, int depth, int depthLimit)
    {
        if (depth >= depthLimit || values >= MostValues || inside.Count(t => t == type) > 1)
        {
            return false;
        }

        values++;
        inside.Add(type);
        return true;
    }

    public void Leave() => inside.RemoveAt(inside.Count - 1);
}
