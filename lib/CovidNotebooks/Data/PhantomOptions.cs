namespace CovidNotebooks.Data;

/// <summary>What a synthetic picture stands for.</summary>
public enum PhantomKind
{
    /// <summary>A frontal chest X-ray; the classes are NORMAL and PNEUMONIA, as in chest_xray.</summary>
    ChestXray,

    /// <summary>An axial lung CT slice; the classes are CT_COVID and CT_NonCOVID, as in COVID-CT.</summary>
    LungCt,
}

/// <summary>Which synthetic pictures to draw.</summary>
public sealed record PhantomOptions
{
    /// <summary>X-rays or CT slices. Default X-rays.</summary>
    public PhantomKind Kind { get; init; } = PhantomKind.ChestXray;

    /// <summary>Width and height in pixels. Default 150.</summary>
    public int Size { get; init; } = 150;

    /// <summary>Training pictures of each class. Default 110.</summary>
    public int TrainPerClass { get; init; } = 110;

    /// <summary>Test pictures of each class. Default 40.</summary>
    public int TestPerClass { get; init; } = 40;

    /// <summary>The seed: the same options draw the same pictures. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>JPEG files (quality 90) instead of PNG. Default true, as the real sets.</summary>
    public bool Jpeg { get; init; } = true;

    /// <summary>Pictures that count as one patient's, neighbours by number. Default 1.</summary>
    public int PicturesPerGroup { get; init; } = 1;

    /// <summary>Class names, by class number.</summary>
    public IReadOnlyList<string> ClassNames => Kind == PhantomKind.ChestXray ? ["NORMAL", "PNEUMONIA"] : ["CT_COVID", "CT_NonCOVID"];

    /// <summary>The class number of the ill.</summary>
    public int IllClass => Kind == PhantomKind.ChestXray ? 1 : 0;

    /// <summary>Throws when an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not between 16 and 2048, or a class has no pictures.</exception>
    public void Validate()
    {
        if (Size is < 16 or > 2048)
        {
            throw new ArgumentOutOfRangeException(nameof(Size), Size, "Phantoms are 16 to 2048 pixels wide and high.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(TrainPerClass, 1, nameof(TrainPerClass));
        ArgumentOutOfRangeException.ThrowIfLessThan(TestPerClass, 1, nameof(TestPerClass));
        ArgumentOutOfRangeException.ThrowIfLessThan(PicturesPerGroup, 1, nameof(PicturesPerGroup));
    }
}
