namespace CovidNotebooks.Explanation;

/// <summary>Non-negative numbers on a grid over an image: where a network found what speaks for a class.</summary>
public sealed class HeatMap
{
    /// <summary>A map of given values.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="values">Finite, not negative, row by row from the top, height × width of them.</param>
    /// <exception cref="ArgumentException">The number of values is another, or one is negative or not finite.</exception>
    public HeatMap(int height, int width, IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != (long)height * width)
        {
            throw new ArgumentException(
                $"A map of {height} rows and {width} columns has {(long)height * width} values, not {values.Count}.", nameof(values));
        }

        if (values.Any(value => !double.IsFinite(value) || value < 0))
        {
            throw new ArgumentException(
                "The values of a map are finite and not negative. Look for NaN in the model's weights or in the images.", nameof(values));
        }

        Height = height;
        Width = width;
        Values = values;
        Maximum = values.Max();
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>The values, row by row from the top.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>The largest value.</summary>
    public double Maximum { get; }

    /// <summary>Whether every value is 0: nothing that the layer found speaks for the class.</summary>
    public bool IsZero => Maximum == 0;

    /// <summary>The value of a row and a column, both from 0.</summary>
    public double this[int row, int column] => Values[(row * Width) + column];

    /// <summary>
    /// How much of the whole heat lies at the border, 0 to 1: in the outer seventh of rows and columns on each side (at least one), which
    /// is where frames, letters and the edge of the body are. A map without a pattern has <see cref="BorderArea"/> there. NaN for an
    /// all-zero map.
    /// </summary>
    public double BorderShare => IsZero ? double.NaN : Values.Where((_, index) => IsBorder(index)).Sum() / Values.Sum();

    /// <summary>The share of the cells that <see cref="BorderShare"/> calls border: 24 of 49 on a map of 7 × 7.</summary>
    public double BorderArea => Values.Where((_, index) => IsBorder(index)).Count() / (double)Values.Count;

    /// <summary>The map divided by its maximum, so that its largest value is 1; an all-zero map stays as it is.</summary>
    public HeatMap Relative() => IsZero ? this : new HeatMap(Height, Width, [.. Values.Select(value => value / Maximum)]);

    /// <summary>
    /// The map on another grid, usually the pixels of the image, bilinear: the positions of OpenCV's <c>INTER_LINEAR</c> and of
    /// torch's <c>interpolate(mode='bilinear', align_corners=False)</c>, in double precision and without smoothing before a reduction.
    /// </summary>
    /// <param name="height">Rows of the result, at least 1.</param>
    /// <param name="width">Columns of the result, at least 1.</param>
    public HeatMap Resize(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var rows = Positions(Height, height);
        var columns = Positions(Width, width);
        var resized = new double[height * width];
        for (var y = 0; y < height; y++)
        {
            var (top, bottom, down) = rows[y];
            for (var x = 0; x < width; x++)
            {
                var (left, right, across) = columns[x];
                var above = (this[top, left] * (1 - across)) + (this[top, right] * across);
                var below = (this[bottom, left] * (1 - across)) + (this[bottom, right] * across);
                resized[(y * width) + x] = (above * (1 - down)) + (below * down);
            }
        }

        return new HeatMap(height, width, resized);
    }

    /// <summary>The mean of maps of one size, value by value.</summary>
    /// <exception cref="ArgumentException">There is no map, or the sizes differ.</exception>
    public static HeatMap Mean(IReadOnlyCollection<HeatMap> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        var first = maps.FirstOrDefault() ?? throw new ArgumentException(
            "The mean of no map is not defined. Give at least one.", nameof(maps));
        var sums = new double[first.Values.Count];
        foreach (var map in maps)
        {
            if (map.Height != first.Height || map.Width != first.Width)
            {
                throw new ArgumentException(
                    $"A map of {map.Height} × {map.Width} and one of {first.Height} × {first.Width} have no mean. "
                        + "Resize them to one size first.",
                    nameof(maps));
            }

            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += map.Values[i];
            }
        }

        return new HeatMap(first.Height, first.Width, [.. sums.Select(sum => sum / maps.Count)]);
    }

    private static (int Before, int After, double Weight)[] Positions(int from, int to) => [.. Enumerable.Range(0, to).Select(i =>
    {
        var position = Math.Clamp(((i + .5) * from / to) - .5, 0, from - 1);
        var before = (int)position;
        return (before, Math.Min(before + 1, from - 1), position - before);
    })];

    private bool IsBorder(int index)
    {
        var (rows, columns) = (BorderOf(Height), BorderOf(Width));
        var (row, column) = (index / Width, index % Width);
        return row < rows || row >= Height - rows || column < columns || column >= Width - columns;
    }

    private static int BorderOf(int side) => Math.Max(1, (int)Math.Round(side / 7.0, MidpointRounding.AwayFromZero));
}
