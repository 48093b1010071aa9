namespace CovidNotebooks.Models.Weights;

/// <summary>A file of weights is not valid, is not allowed, or does not hold what the model needs. Nothing was loaded.</summary>
public sealed class WeightsException : Exception
{
    /// <summary>Without a message.</summary>
    public WeightsException()
    {
    }

    /// <summary>With what was found, what was expected and what to do.</summary>
    public WeightsException(string message)
        : base(message)
    {
    }

    /// <summary>With the error that caused it.</summary>
    public WeightsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
