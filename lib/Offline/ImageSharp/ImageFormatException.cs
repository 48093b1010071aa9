namespace SixLabors.ImageSharp;

/// <summary>A picture that cannot be read: an unknown format, or a known one that is damaged.</summary>
public abstract class ImageFormatException : Exception
{
    private protected ImageFormatException(string errorMessage)
        : base(errorMessage)
    {
    }

    private protected ImageFormatException(string errorMessage, Exception? innerException)
        : base(errorMessage, innerException)
    {
    }
}
