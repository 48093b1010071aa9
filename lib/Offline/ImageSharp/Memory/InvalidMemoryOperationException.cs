namespace SixLabors.ImageSharp.Memory;

/// <summary>A buffer that the allocator does not give.</summary>
public class InvalidMemoryOperationException : InvalidOperationException
{
    public InvalidMemoryOperationException(string message)
        : base(message)
    {
    }

    public InvalidMemoryOperationException()
    {
    }
}
