namespace CovidNotebooks.Recording;

/// <summary>Knows its own settings as names and values: what a run's record holds of it, and what a checkpoint's key is made of.</summary>
public interface IRecordedSettings
{
    /// <summary>Flat names in snake_case and JSON values; everything that decides a number, nothing that changes the time only.</summary>
    IReadOnlyDictionary<string, object?> ToSettings();
}
