namespace Microsoft.Data.Analysis;

/// <summary>Which rows are dropped: with any missing value, or with nothing else.</summary>
public enum DropNullOptions
{
    Any,
    All,
}
