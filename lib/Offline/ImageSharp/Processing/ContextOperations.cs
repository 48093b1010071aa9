namespace SixLabors.ImageSharp.Processing;

/// <summary>Runs operations on the picture of a context.</summary>
internal static class ContextOperations
{
    public static Image Image(this IImageProcessingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context is ImageProcessingContext known
            ? known.Image
            : throw new NotSupportedException($"A context of type {context.GetType()} is not one of {nameof(ProcessingExtensions.Mutate)}'s.");
    }

    public static IImageProcessingContext Run(this IImageProcessingContext context, IImageOperation operation)
    {
        context.Image().Apply(operation);
        return context;
    }
}
