namespace CovidNotebooks.Charts;

/// <summary>Pictures that belong together.</summary>
/// <param name="Title">What they share, for example their class; null where there is one row only.</param>
/// <param name="Pictures">From left to right; they wrap where the page is narrow.</param>
public sealed record PictureRow(string? Title, IReadOnlyList<Picture> Pictures);
