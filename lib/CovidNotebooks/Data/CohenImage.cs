namespace CovidNotebooks.Data;

/// <summary>
/// A row of Cohen's <c>metadata.csv</c>: an image of the COVID-19 Image Data Collection (Cohen et al., arXiv:2006.11988).
/// </summary>
/// <param name="Line">The line of the file on which it starts, from 1.</param>
/// <param name="Patient">The patient's number in the collection; empty where the row names none: unknown.</param>
/// <param name="Finding">For example <c>COVID-19</c>; later versions write <c>Pneumonia/Viral/COVID-19</c>.</param>
/// <param name="View">For example <c>PA</c>, <c>AP</c>, <c>AP Supine</c>.</param>
/// <param name="FileName">Its file in the folder <c>images</c>.</param>
/// <param name="Reference">The publication or page that it was taken from; null where the row names none.</param>
/// <param name="Licence">Its licence; null where the row names none.</param>
/// <param name="Sex">M or F; null where the row names none.</param>
/// <param name="Age">The patient's age in years; null where the row names none.</param>
public sealed record CohenImage(
    int Line,
    string Patient,
    string Finding,
    string View,
    string FileName,
    string? Reference = null,
    string? Licence = null,
    string? Sex = null,
    string? Age = null);
