namespace CovidNotebooks.Models;

/// <summary>
/// A network whose layers compute in the type of the images that it is given: float32 or bfloat16. Its weights are float32 in both cases
/// and so are its logits. What <see cref="Training.TrainerOptions.Precision"/> needs.
/// </summary>
public interface IFollowsImageType
{
    /// <summary>Whether all its layers do so. Default true; false where a layer that it was given does not.</summary>
    bool Follows => true;
}
