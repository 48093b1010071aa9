using CovidNotebooks.Recording;

namespace CovidNotebooks.Data.Augmentation;

/// <summary>
/// The random changes of Keras' <c>ImageDataGenerator</c> (keras_preprocessing 1.1.2): rotation, shifts, shear and zoom in one resampling,
/// then flips.
/// </summary>
/// <remarks>
/// Parameters are drawn per image in the order rotation, row shift, column shift, shear, row zoom, column zoom, horizontal coin, vertical
/// coin. Every parameter always takes its draws, so that changing one option leaves the others' values as they were.
/// </remarks>
public sealed record KerasAugmentation
{
    /// <summary>Rotation in degrees, uniform in [-value, value). Default 0.</summary>
    [Unit("degrees")]
    public double RotationRange { get; init; }

    /// <summary>Shift of columns: a fraction of the width below 1, otherwise pixels. Default none.</summary>
    public ShiftRange WidthShiftRange { get; init; } = ShiftRange.None;

    /// <summary>Shift of rows: a fraction of the height below 1, otherwise pixels. Default none.</summary>
    public ShiftRange HeightShiftRange { get; init; } = ShiftRange.None;

    /// <summary>Shear in <b>degrees</b>, uniform in [-value, value): 0.2 is practically no shear. Default 0.</summary>
    [Unit("degrees")]
    public double ShearRange { get; init; }

    /// <summary>Zoom factors of rows and of columns. Default none.</summary>
    public ZoomRange ZoomRange { get; init; } = ZoomRange.None;

    /// <summary>Mirror left to right with probability 1/2. Default false.</summary>
    public bool HorizontalFlip { get; init; }

    /// <summary>Mirror top to bottom with probability 1/2. Default false.</summary>
    public bool VerticalFlip { get; init; }

    /// <summary>What shows where the picture was moved away from. Default nearest.</summary>
    public FillMode FillMode { get; init; } = FillMode.Nearest;

    /// <summary>The grey level of <see cref="FillMode.Constant"/>, on the scale 0 to 255 of the unscaled image. Default 0.</summary>
    public double ConstantValue { get; init; }

    /// <summary>Throws when an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is negative or not finite.</exception>
    public void Validate()
    {
        RequireRange(RotationRange, nameof(RotationRange));
        RequireRange(ShearRange, nameof(ShearRange));
        ZoomRange.Validate();
        ArgumentNullException.ThrowIfNull(WidthShiftRange);
        ArgumentNullException.ThrowIfNull(HeightShiftRange);
        if (!double.IsFinite(ConstantValue))
        {
            throw new ArgumentOutOfRangeException(nameof(ConstantValue), ConstantValue, "The constant fill value is a finite grey level.");
        }
    }

    /// <summary>The parameters for one image.</summary>
    /// <param name="random">The image's own stream of draws.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    public AffineParameters Draw(ref RandomStream random, int height, int width)
    {
        var theta = (random.NextDouble() * 2 * RotationRange) - RotationRange;
        var rowShift = HeightShiftRange.Draw(ref random, height);
        var columnShift = WidthShiftRange.Draw(ref random, width);
        var shear = (random.NextDouble() * 2 * ShearRange) - ShearRange;
        var rowZoom = ZoomRange.Lowest + (random.NextDouble() * (ZoomRange.Highest - ZoomRange.Lowest));
        var columnZoom = ZoomRange.Lowest + (random.NextDouble() * (ZoomRange.Highest - ZoomRange.Lowest));
        var horizontal = random.NextDouble() < 0.5;
        var vertical = random.NextDouble() < 0.5;
        return new AffineParameters
        {
            Theta = theta,
            RowShift = rowShift,
            ColumnShift = columnShift,
            Shear = shear,
            RowZoom = rowZoom,
            ColumnZoom = columnZoom,
            FlipHorizontal = horizontal && HorizontalFlip,
            FlipVertical = vertical && VerticalFlip,
        };
    }

    private static void RequireRange(double value, string name)
    {
        if (!double.IsFinite(value) || value < 0)
        {
            throw new ArgumentOutOfRangeException(
                name, value, "A range in degrees is a finite number, 0 or more; values are drawn from minus to plus this number.");
        }
    }
}
