namespace CovidNotebooks.Kernel.Files;

/// <summary>A notebook, or what was asked of it, cannot be used; the message says why and what to do.</summary>
public class NotebookException : Exception
{
    /// <summary>An error for people.</summary>
    /// <param name="message">What failed, what was found, what was expected, what to do.</param>
    public NotebookException(string message)
        : base(message)
    {
    }

    /// <summary>An error for people, with its cause.</summary>
    /// <param name="message">What failed, what was found, what was expected, what to do.</param>
    /// <param name="innerException">The cause.</param>
    public NotebookException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>
/// A notebook cannot be written: a full disk, a folder that may not be written to. Its content is sound, unlike with other
/// <see cref="NotebookException"/>s.
/// </summary>
/// <param name="message">What failed and what was found.</param>
/// <param name="innerException">The cause.</param>
public sealed class NotebookWriteException(string message, Exception innerException) : NotebookException(message, innerException);
