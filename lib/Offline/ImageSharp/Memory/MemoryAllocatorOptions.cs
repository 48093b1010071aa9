namespace SixLabors.ImageSharp.Memory;

/// <summary>Limits of a <see cref="MemoryAllocator"/>.</summary>
public struct MemoryAllocatorOptions
{
    private int? allocationLimitMegabytes;
    private int? maximumPoolSizeMegabytes;

    public int? MaximumPoolSizeMegabytes
    {
        readonly get => maximumPoolSizeMegabytes;
        set => maximumPoolSizeMegabytes = NotNegative(value, 0);
    }

    public int? AllocationLimitMegabytes
    {
        readonly get => allocationLimitMegabytes;
        set => allocationLimitMegabytes = NotNegative(value, 1);
    }

    private static int? NotNegative(int? value, int minimum)
    {
        if (value is { } number)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(number, minimum, nameof(value));
        }

        return value;
    }
}
