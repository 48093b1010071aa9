namespace SixLabors.ImageSharp;

/// <summary>A value that can be copied with all that it holds.</summary>
public interface IDeepCloneable
{
    IDeepCloneable DeepClone();
}

/// <summary>A value that can be copied with all that it holds.</summary>
public interface IDeepCloneable<out T>
    where T : class
{
    T DeepClone();
}
