namespace SixLabors.ImageSharp.Processing;

/// <summary>A picture while it is being changed.</summary>
public interface IImageProcessingContext
{
    Configuration Configuration { get; }

    IDictionary<object, object> Properties { get; }

    Size GetCurrentSize();
}
