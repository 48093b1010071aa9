namespace CovidNotebooks.Kernel.Jupyter.Requests;

/// <summary>Places in text: the protocol counts code points, .NET counts UTF-16 units.</summary>
internal static class CodePoints
{
    /// <summary>The index of a code point; the end of the text when it is behind it.</summary>
    public static int ToIndex(string text, int codePoints)
    {
        var index = 0;
        for (var left = codePoints; left > 0 && index < text.Length; left--)
        {
            index += IsPair(text, index) ? 2 : 1;
        }

        return index;
    }

    /// <summary>How many code points are before an index.</summary>
    public static int FromIndex(string text, int index)
    {
        var count = 0;
        for (var i = 0; i < index; count++)
        {
            i += IsPair(text, i) ? 2 : 1;
        }

        return count;
    }

    private static bool IsPair(string text, int index) => index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);
}
