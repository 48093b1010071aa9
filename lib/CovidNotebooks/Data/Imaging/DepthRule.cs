namespace CovidNotebooks.Data.Imaging;

/// <summary>Which values of a picture of more than 8 bits become black and white.</summary>
public enum DepthRule
{
    /// <summary>0 and the highest value of the bits that the file's values use: 8, 10, 12, 14 or 16 bits.</summary>
    BitsUsed,

    /// <summary>0 and the highest value that the file's depth can hold.</summary>
    FullRange,

    /// <summary>0 and the highest value of a given number of bits.</summary>
    BitsStored,

    /// <summary>Two percentiles of the file's own values.</summary>
    Percentile,

    /// <summary>Two given values.</summary>
    Window,
}
