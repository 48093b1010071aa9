namespace CovidNotebooks.Models;

/// <summary>Which shares can be dropped.</summary>
internal static class DropoutShare
{
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to below 1.</exception>
    public static void Require(double share, string name)
    {
        if (!(share >= 0 && share < 1))
        {
            throw new ArgumentOutOfRangeException(
                name, share, "The share of outputs that are dropped in training is at least 0 and below 1, for example 0.5.");
        }
    }
}
