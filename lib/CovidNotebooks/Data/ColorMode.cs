namespace CovidNotebooks.Data;

/// <summary>How many channels an image is given to the model with.</summary>
public enum ColorMode
{
    /// <summary>Three channels in the order red, green, blue. Alpha is dropped without blending.</summary>
    Rgb,

    /// <summary>One channel: BT.601 luma in the integer arithmetic of Pillow's <c>convert("L")</c>.</summary>
    Grayscale,
}
