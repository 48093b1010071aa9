namespace CovidNotebooks.Data;

/// <summary>How an image is resized: each value is bit for bit what the named library does.</summary>
public enum Interpolation
{
    /// <summary>Pillow's NEAREST, the default of Keras' <c>flow_from_directory</c>.</summary>
    PilNearest,

    /// <summary>Pillow's BILINEAR, which widens its filter when it shrinks; also torchvision's <c>Resize</c> on PIL images.</summary>
    PilBilinear,

    /// <summary>Pillow's LANCZOS with 3 lobes, which widens its filter when it shrinks.</summary>
    PilLanczos,

    /// <summary>OpenCV's INTER_LINEAR on 8-bit images, the default of <c>cv2.resize</c>. Not antialiased.</summary>
    Cv2Linear,
}
