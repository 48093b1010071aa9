namespace CovidNotebooks.Data.Download;

/// <summary>An archive is broken or dangerous. Nothing of it is kept.</summary>
/// <param name="message">What was found, what was expected, what to do.</param>
/// <param name="innerException">What caused it, if another exception did.</param>
public sealed class ArchiveException(string message, Exception? innerException = null) : DataException(message, innerException);
