namespace Microsoft.Data.Analysis;

/// <summary>Which rows a join keeps.</summary>
public enum JoinAlgorithm
{
    Left,
    Right,
    FullOuter,
    Inner,
}
