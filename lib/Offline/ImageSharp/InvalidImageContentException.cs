namespace SixLabors.ImageSharp;

/// <summary>A picture of a known format that is damaged or too large.</summary>
public sealed class InvalidImageContentException : ImageFormatException
{
    public InvalidImageContentException(string errorMessage)
        : base(errorMessage)
    {
    }

    public InvalidImageContentException(string errorMessage, Exception innerException)
        : base(errorMessage, innerException)
    {
    }
}
