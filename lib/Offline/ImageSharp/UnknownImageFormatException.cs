namespace SixLabors.ImageSharp;

/// <summary>Bytes that no decoder knows, or a name or format that no encoder knows.</summary>
public sealed class UnknownImageFormatException(string errorMessage) : ImageFormatException(errorMessage);
