using System.Globalization;
using System.Text;

namespace CovidNotebooks.Data;

/// <summary>
/// <c>metadata.csv</c> of the COVID-19 Image Data Collection (Cohen et al., arXiv:2006.11988,
/// https://github.com/ieee8023/covid-chestxray-dataset): which image shows whom, with what finding, from which side.
/// </summary>
public sealed class CohenMetadata
{
    /// <summary>A file name must be one on every system.</summary>
    private static readonly char[] NoFileName = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

    private CohenMetadata(IReadOnlyList<CohenImage> images) => Images = images;

    /// <summary>All rows, in the order of the file.</summary>
    public IReadOnlyList<CohenImage> Images { get; }

    /// <summary>Reads a file: UTF-8, with or without a byte order mark.</summary>
    /// <exception cref="DataException">There is no such file, or it is not such a table.</exception>
    public static CohenMetadata Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path)
            ? Parse(File.ReadAllText(path, Encoding.UTF8), Path.GetFileName(path))
            : throw new DataException(
                $"There is no file {Path.GetFullPath(path)}. Expected metadata.csv of "
                    + "https://github.com/ieee8023/covid-chestxray-dataset.");
    }

    /// <summary>
    /// Reads CSV text (RFC 4180). Columns that are needed: patientid, finding, view, filename; others may stand anywhere.
    /// </summary>
    /// <param name="text">With a line of column names first.</param>
    /// <param name="name">What the text is called in messages.</param>
    /// <exception cref="DataException">A column is missing, or a line is broken; the message names it.</exception>
    public static CohenMetadata Parse(string text, string name = "metadata.csv")
    {
        ArgumentNullException.ThrowIfNull(text);
        var table = CsvTable.Parse(
            text,
            name,
            ["patientid", "finding", "view", "filename"],
            "Expected metadata.csv of https://github.com/ieee8023/covid-chestxray-dataset.");
        var (patient, finding, view, file) = (
            table.IndexOf("patientid"), table.IndexOf("finding"), table.IndexOf("view"), table.IndexOf("filename"));
        int[] references = [table.IndexOf("doi"), table.IndexOf("url")];
        var (licence, sex, age) = (table.IndexOf("license"), table.IndexOf("sex"), table.IndexOf("age"));
        return new CohenMetadata([.. table.Rows.Select(record =>
        {
            string? Field(int column) => column < 0 || string.IsNullOrWhiteSpace(record.Fields[column]) ? null : record.Fields[column];
            return new CohenImage(
                record.Number,
                GroupTable.Known(Field(patient)) ?? "",
                Field(finding) ?? "",
                Field(view) ?? "",
                Field(file) ?? "",
                references.Select(Field).FirstOrDefault(value => value is not null),
                Field(licence),
                Field(sex),
                Field(age));
        })]);
    }

    /// <summary>The rows that a rule takes, with and without their file.</summary>
    /// <param name="imagesFolder">The folder <c>images</c> of the collection.</param>
    /// <param name="rule">Null for document 1's.</param>
    /// <exception cref="DataException">The folder is missing, or a row names no file, or one outside the folder.</exception>
    public CohenSelection Select(string imagesFolder, CohenRule? rule = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(imagesFolder);
        rule ??= new CohenRule();
        var folder = Path.GetFullPath(imagesFolder);
        if (!Directory.Exists(folder))
        {
            throw new DataException(
                $"There is no folder {folder}. Expected the folder images of https://github.com/ieee8023/covid-chestxray-dataset.");
        }

        CohenImage[] rows = [.. Images.Where(rule.Takes)];
        if (Array.Find(rows, image => !IsFileName(image.FileName)) is { } refused)
        {
            throw new DataException(
                string.Create(CultureInfo.InvariantCulture, $"Line {refused.Line} of the metadata names the file \"{refused.FileName}\". ")
                + $"Expected the name of a file in {folder}, without folders; nothing was read.");
        }

        var files = Images.ToLookup(image => image.FileName, StringComparer.Ordinal);
        CohenImage[] taken =
        [
            .. rows.DistinctBy(image => image.FileName, StringComparer.Ordinal)

                // Rows that do not agree on whose picture a file is leave its patient unknown.
                .Select(image =>
                    files[image.FileName].Select(row => row.Patient).Distinct(StringComparer.Ordinal).Count() > 1
                        ? image with { Patient = "" }
                        : image),
        ];
        var there = taken.ToLookup(image => File.Exists(Path.Combine(folder, image.FileName)));
        return new CohenSelection(folder, [.. there[true]], [.. there[false]]) { Doubts = CohenDoubts.Of(Images, taken, rule, folder) };
    }

    private static bool IsFileName(string name) =>
        name.Length > 0 && name is not ("." or "..") && name.IndexOfAny(NoFileName) < 0 && !name.Any(char.IsControl);
}
