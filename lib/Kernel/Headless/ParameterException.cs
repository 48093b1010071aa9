using CovidNotebooks.Kernel.Files;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>A parameter that the notebook does not have, or a value that does not fit it.</summary>
/// <param name="message">What was given, what the notebook knows.</param>
public sealed class ParameterException(string message) : NotebookException(message);
