namespace CovidNotebooks.Models;

/// <summary>
/// A network, or a part of one, whose layers compute in the data type of the images or maps that they are given, float32 or bfloat16, while
/// its weights are float32. A classifier gives float32 logits in both cases. What <see cref="Training.TrainerOptions.Precision"/> needs.
/// </summary>
public interface IFollowsImageType
{
    /// <summary>Whether all its layers do so. Default true; false where a layer that it was given does not.</summary>
    bool Follows => true;
}
