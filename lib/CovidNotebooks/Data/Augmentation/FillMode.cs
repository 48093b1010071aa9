namespace CovidNotebooks.Data.Augmentation;

/// <summary>What a transformed image shows where its source has no pixels: the fill modes of Keras, which are those of scipy.</summary>
public enum FillMode
{
    /// <summary>The nearest pixel of the border. The default of Keras.</summary>
    Nearest,

    /// <summary>A constant value for every position outside the image, without blending at the border.</summary>
    Constant,

    /// <summary>The image mirrored about the outer edges of its border pixels: d c b a | a b c d | d c b a.</summary>
    Reflect,

    /// <summary>The image repeated with a period of one pixel less than its size, as scipy does.</summary>
    Wrap,
}
