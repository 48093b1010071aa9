namespace CovidNotebooks.Models.Kernels;

/// <summary>
/// The sizes of a convolution without padding (stride 1) and the 2 × 2 max-pooling after it. Memory is laid out rows, columns, channels.
/// </summary>
/// <param name="Channels">Channels of a pixel.</param>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="Outputs">Filters of the convolution.</param>
/// <param name="Kernel">Rows and columns of a filter.</param>
internal readonly record struct StageSizes(int Channels, int Height, int Width, int Outputs, int Kernel)
{
    /// <summary>Values of a row of an image.</summary>
    public int Line => Width * Channels;

    /// <summary>Values of an image.</summary>
    public int Pixels => Height * Line;

    /// <summary>Weights of a row of a filter; they lie over neighbours in an image's row.</summary>
    public int LineTaps => Kernel * Channels;

    /// <summary>Weights of a filter.</summary>
    public int Taps => Kernel * LineTaps;

    /// <summary>Rows after the pooling; a last odd row before it is left out.</summary>
    public int PooledHeight => (Height - Kernel + 1) / 2;

    /// <summary>Columns after the pooling.</summary>
    public int PooledWidth => (Width - Kernel + 1) / 2;

    /// <summary>Values of a row after the pooling.</summary>
    public int PooledLine => PooledWidth * Outputs;

    /// <summary>Values of an image after the pooling.</summary>
    public int Pooled => PooledHeight * PooledLine;

    /// <summary>The gradient of the filters, then that of the bias.</summary>
    public int Gradients => (Taps + 1) * Outputs;

    /// <summary>Values of the longest array that one image needs: itself, what is left of it, gradients, room to work.</summary>
    public long Largest => Math.Max(
        Math.Max((long)Height * Width * Channels, (long)Math.Max(PooledHeight, 5) * PooledWidth * Outputs),
        (((long)Kernel * Kernel * Channels) + 1) * Outputs);

    /// <summary>How far the four places of a pooling window, row by row, are from its first in an image.</summary>
    public (int First, int Second, int Third, int Fourth) Places => (0, Channels, Line, Line + Channels);
}
