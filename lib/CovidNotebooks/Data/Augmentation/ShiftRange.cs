using System.Globalization;
using CovidNotebooks.Recording;

namespace CovidNotebooks.Data.Augmentation;

/// <summary>
/// Keras' <c>width_shift_range</c> or <c>height_shift_range</c>, in its three meanings. A <see cref="double"/> and an <see cref="int"/>
/// convert to the first two, as in Python.
/// </summary>
public sealed record ShiftRange : IRecordedSettings
{
    private readonly double range;
    private readonly int pixels;
    private readonly double[]? choices;

    private ShiftRange(double range, int pixels, double[]? choices)
    {
        this.range = range;
        this.pixels = pixels;
        this.choices = choices;
    }

    /// <summary>No shift.</summary>
    public static ShiftRange None { get; } = new(0, 0, null);

    /// <summary>Uniform in [-range, range): a fraction of the image's size when below 1, otherwise pixels.</summary>
    public static ShiftRange Uniform(double range)
    {
        if (!double.IsFinite(range) || range < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(range),
                range,
                "A shift range is a finite number, 0 or more: below 1 a fraction of the image's size, from 1 on pixels.");
        }

        return new ShiftRange(range, 0, null);
    }

    /// <summary>A whole number of pixels from -(pixels - 1) to pixels - 1; 0 is twice as likely as each of the others.</summary>
    public static ShiftRange WholePixels(int pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pixels);
        return new ShiftRange(0, pixels, null);
    }

    /// <summary>One of the given values with a random sign: fractions of the image's size when all are below 1, otherwise pixels.</summary>
    public static ShiftRange OneOf(params IReadOnlyList<double> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        if (choices.Count == 0 || choices.Any(choice => !double.IsFinite(choice)))
        {
            throw new ArgumentException("A list of shifts holds at least one value, and only finite ones.", nameof(choices));
        }

        return new ShiftRange(0, 0, [.. choices]);
    }

    /// <summary><see cref="Uniform"/>.</summary>
    public static implicit operator ShiftRange(double range) => Uniform(range);

    /// <summary><see cref="WholePixels"/>.</summary>
    public static implicit operator ShiftRange(int pixels) => WholePixels(pixels);

    /// <summary>
    /// The range by what it is measured in: <c>fraction</c> of the image's size, <c>pixels</c>, or <c>one_of</c> some values of either
    /// sign.
    /// </summary>
    public IReadOnlyDictionary<string, object?> ToSettings() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        [choices is not null ? "one_of" : pixels > 0 ? "whole_pixels" : range < 1 ? "fraction" : "pixels"] = choices is not null
            ? choices
            : pixels > 0
            ? pixels - 1
            : range,
    };

    /// <inheritdoc/>
    public override string ToString() => choices is not null
        ? $"one of ±[{string.Join(", ", choices.Select(choice => choice.ToString(CultureInfo.InvariantCulture)))}]"
        : pixels > 0 ? string.Create(CultureInfo.InvariantCulture, $"±{pixels - 1} whole pixels")
        : string.Create(CultureInfo.InvariantCulture, $"±{range}");

    /// <summary>A shift in pixels for an axis of the given size. Always takes two draws from <paramref name="random"/>.</summary>
    internal double Draw(ref RandomStream random, int size)
    {
        var first = random.NextDouble();
        var sign = random.NextDouble() < 0.5 ? -1 : 1;
        if (choices is not null)
        {
            var shift = choices[(int)(first * choices.Length)] * sign;
            return choices.Max() < 1 ? shift * size : shift;
        }

        if (pixels > 0)
        {
            return (int)(first * pixels) * sign;
        }

        var uniform = (first * 2 * range) - range;
        return range < 1 ? uniform * size : uniform;
    }
}
