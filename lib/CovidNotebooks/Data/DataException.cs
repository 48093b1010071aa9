namespace CovidNotebooks.Data;

/// <summary>
/// A dataset, folder or image is not what it should be. The message says what was found, what was expected and what to do.
/// </summary>
/// <param name="message">The whole story, for a person.</param>
/// <param name="innerException">What caused it, if another exception did.</param>
public class DataException(string message, Exception? innerException = null) : Exception(message, innerException);
