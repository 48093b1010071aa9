namespace CovidNotebooks.Models;

/// <summary>A file is not a valid safetensors file, or does not hold what the model needs. Nothing was loaded.</summary>
public sealed class SafetensorsException : Exception
{
    /// <summary>Without a message.</summary>
    public SafetensorsException()
    {
    }

    /// <summary>With what was found, what was expected and what to do.</summary>
    public SafetensorsException(string message)
        : base(message)
    {
    }

    /// <summary>With the error that caused it.</summary>
    public SafetensorsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
