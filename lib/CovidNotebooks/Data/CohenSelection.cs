using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>The images that a rule takes from Cohen's collection.</summary>
/// <param name="Folder">The folder of the images, absolute.</param>
/// <param name="Images">Rows whose file is there, in the order of the metadata; a file that several rows name is there once.</param>
/// <param name="Missing">Rows whose file is not there.</param>
public sealed record CohenSelection(string Folder, IReadOnlyList<CohenImage> Images, IReadOnlyList<CohenImage> Missing) : DisplayedRecord
{
    private const int MostNamed = 20;

    /// <summary>Different known patients among <see cref="Images"/>.</summary>
    public int Patients =>
        Images.Select(image => image.Patient).Where(patient => patient.Length > 0).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Images whose patient is unknown: the row names none, or rows for one file disagree.</summary>
    public int PatientsUnknown => Images.Count(image => image.Patient.Length == 0);

    /// <summary>What nearly fits and what contradicts itself, one sentence a kind with its count and names.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>The missing files in a sentence: how many, and their names.</summary>
    public string MissingText => Missing.Count == 0
        ? "No file is missing."
        : string.Create(CultureInfo.InvariantCulture,
            $"{Missing.Count} {(Missing.Count == 1 ? "file that the metadata name is" : "files that the metadata name are")} not "
            + $"there: "
            + $"{string.Join(", ", Missing.Take(MostNamed).Select(image => image.FileName))}{(Missing.Count > MostNamed ? " …" : "")}.");

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsCard();

    private Card AsCard()
    {
        var card = new Card("Images of Cohen's collection").Add("images", Images.Count)
            .Add(
                "patients",
                PatientsUnknown == 0 ? $"{Patients}"
                : $"{Patients} known, unknown for {DisplayedNumber.Counted(PatientsUnknown, "image", "images")}")
            .Add("missing", MissingText);
        foreach (var doubt in Doubts)
        {
            card.Add("to look at", doubt);
        }

        return card;
    }
}
