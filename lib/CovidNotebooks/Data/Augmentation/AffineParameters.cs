namespace CovidNotebooks.Data.Augmentation;

/// <summary>The drawn parameters of one image's transformation, in Keras' terms.</summary>
public readonly record struct AffineParameters
{
    /// <summary>The neutral transformation: nothing moves.</summary>
    public AffineParameters()
    {
    }

    /// <summary>Rotation in degrees; positive turns the picture clockwise.</summary>
    public double Theta { get; init; }

    /// <summary>Keras' <c>tx</c>: shift of rows in pixels; positive moves the picture up.</summary>
    public double RowShift { get; init; }

    /// <summary>Keras' <c>ty</c>: shift of columns in pixels; positive moves the picture left.</summary>
    public double ColumnShift { get; init; }

    /// <summary>Shear in degrees.</summary>
    public double Shear { get; init; }

    /// <summary>Keras' <c>zx</c>: zoom factor of rows; above 1 shrinks the picture.</summary>
    public double RowZoom { get; init; } = 1;

    /// <summary>Keras' <c>zy</c>: zoom factor of columns; above 1 shrinks the picture.</summary>
    public double ColumnZoom { get; init; } = 1;

    /// <summary>Mirror left to right after the transformation.</summary>
    public bool FlipHorizontal { get; init; }

    /// <summary>Mirror top to bottom after the transformation.</summary>
    public bool FlipVertical { get; init; }

    /// <summary>True when nothing but flips happens: Keras then does not resample at all.</summary>
    public bool IsNeutral => Theta == 0 && RowShift == 0 && ColumnShift == 0 && Shear == 0 && RowZoom == 1 && ColumnZoom == 1;
}
