namespace SixLabors.ImageSharp;

/// <summary>An operation on a picture that failed.</summary>
public sealed class ImageProcessingException : Exception
{
    public ImageProcessingException()
    {
    }

    public ImageProcessingException(string errorMessage)
        : base(errorMessage)
    {
    }

    public ImageProcessingException(string errorMessage, Exception innerException)
        : base(errorMessage, innerException)
    {
    }
}
