namespace CovidNotebooks.Data;

/// <summary>Text sorted by Unicode code point, as Python sorts it: upper case before lower, no language rules.</summary>
internal sealed class CodePointOrder : IComparer<string>
{
    public static CodePointOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var length = Math.Min(x.Length, y.Length);
        for (var i = 0; i < length; i++)
        {
            var a = x[i];
            var b = y[i];
            if (a != b)
            {
                // UTF-16 surrogates stand for code points above all others, though their own numbers are below U+E000.
                return (char.IsSurrogate(a), char.IsSurrogate(b)) switch
                {
                    (true, false) => 1,
                    (false, true) => -1,
                    _ => a.CompareTo(b),
                };
            }
        }

        return x.Length.CompareTo(y.Length);
    }
}
