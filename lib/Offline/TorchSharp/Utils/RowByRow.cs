namespace TorchSharp.Utils;

/// <summary>Counts through a tensor's elements row by row and says where in memory each one is.</summary>
internal struct RowByRow
{
    private readonly long[] sizes;
    private readonly long[] strides;
    private readonly long[] position;
    private long offset;

    internal RowByRow(long[] sizes, long[] strides, long first)
    {
        this.sizes = sizes;
        this.strides = strides;
        position = new long[sizes.Length];
        for (var axis = sizes.Length - 1; axis >= 0 && sizes[axis] > 0; axis--)
        {
            (first, position[axis]) = Math.DivRem(first, sizes[axis]);
            offset += position[axis] * strides[axis];
        }
    }

    internal long Next()
    {
        var current = offset;
        for (var axis = sizes.Length - 1; axis >= 0; axis--)
        {
            offset += strides[axis];
            if (++position[axis] < sizes[axis])
            {
                break;
            }

            offset -= position[axis] * strides[axis];
            position[axis] = 0;
        }

        return current;
    }
}
