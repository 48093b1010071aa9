namespace SixLabors.ImageSharp.Formats.Jpeg;

/// <summary>The colour space of a JPEG and how its colours are sampled.</summary>
public enum JpegEncodingColor : byte
{
    YCbCrRatio420 = 0,
    YCbCrRatio444 = 1,
    YCbCrRatio422 = 2,
    YCbCrRatio411 = 3,
    YCbCrRatio410 = 4,
    Luminance = 5,
    Rgb = 6,
    Cmyk = 7,
    Ycck = 8,
}
