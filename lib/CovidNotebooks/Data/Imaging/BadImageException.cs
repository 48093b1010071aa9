namespace CovidNotebooks.Data.Imaging;

/// <summary>A file cannot be read as an image.</summary>
/// <param name="path">The file.</param>
/// <param name="found">What is wrong with it: what was found where an image was expected.</param>
/// <param name="advice">What to do next.</param>
/// <param name="innerException">The decoder's own exception, if there was one.</param>
public sealed class BadImageException(string path, string found, string advice, Exception? innerException = null)
    : DataException($"{path}: {found} {advice}", innerException)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong with it, without the file's name.</summary>
    public string Found { get; } = found;

    /// <summary>What a reading gives, or why the file cannot be read: the one place where a bad file does not end what was begun.</summary>
    /// <param name="read">The reading.</param>
    /// <param name="value">What it gave; the type's default where it failed.</param>
    /// <returns>Null where it succeeded.</returns>
    internal static BadImageException? Try<T>(Func<T> read, out T? value)
    {
        try
        {
            value = read();
            return null;
        }
        catch (BadImageException bad)
        {
            value = default;
            return bad;
        }
    }
}
