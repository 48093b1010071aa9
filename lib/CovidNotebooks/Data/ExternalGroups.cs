namespace CovidNotebooks.Data;

/// <summary>
/// A table of the user's that says which picture of an outside folder is of which patient: any CSV file with a line of column names.
/// </summary>
/// <param name="File">The file.</param>
/// <param name="PathColumn">
/// The column with the pictures' paths, from the folder or from the file's own folder, or their names alone.
/// </param>
/// <param name="GroupColumn">The column with the patients.</param>
public sealed record ExternalGroups(string File, string PathColumn, string GroupColumn)
{
    /// <summary>
    /// Reads <c>FILE:path:patient</c>, as <c>--external-groups</c> takes it: the file, the column of paths, the column of patients.
    /// </summary>
    /// <exception cref="DataException">The text has not these three parts.</exception>
    public static ExternalGroups Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // From the right: a file's name can hold a colon, as C:\ does.
        var parts = text.Split(':');
        return parts.Length >= 3 && parts[^1].Length > 0 && parts[^2].Length > 0 && string.Join(':', parts[..^2]) is { Length: > 0 } file
            ? new ExternalGroups(file, parts[^2], parts[^1])
            : throw new DataException(
                $"'{text}' does not name a table of patients. Expected FILE:PATH:PATIENT, the file and two of its columns, for example "
                    + "groups.csv:filename:patientid.");
    }

    /// <summary>
    /// Gives every picture its patient. All or nothing: a picture that the table does not name is an error, for an interval by patient
    /// needs them all.
    /// </summary>
    /// <param name="images">Pictures of an outside folder.</param>
    /// <exception cref="DataException">
    /// The file is not there or is no such table, names a picture twice with two patients, or leaves some out.
    /// </exception>
    public IReadOnlyList<LabeledImage> Apply(IReadOnlyList<LabeledImage> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (!System.IO.File.Exists(File))
        {
            throw new DataException($"There is no table of patients {File}.");
        }

        var table = CsvTable.Parse(
            System.IO.File.ReadAllText(File),
            File,
            [PathColumn, GroupColumn],
            "Expected a line of column names, then a line a picture. Name the columns of paths and of patients: FILE:PATH:PATIENT.");
        var (path, group) = (table.IndexOf(PathColumn), table.IndexOf(GroupColumn));
        var patients = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            var (picture, patient) = ((row.Fields[path] ?? "").Replace('\\', '/'), row.Fields[group] ?? "");
            if (
                patient.Length == 0
                    || (!patients.TryAdd(picture, patient) && !string.Equals(patients[picture], patient, StringComparison.Ordinal)))
            {
                var given = patient.Length == 0 ? "no patient" : $"the patient '{patient}', an earlier line '{patients[picture]}'";
                throw new DataException(
                    $"Line {row.Number} of {File} gives the picture '{picture}' {given}. Every picture is of one patient.");
            }
        }

        var unnamed = images.Where(image => PatientOf(image, patients) is null).ToList();
        return unnamed.Count == 0
            ? [.. images.Select(image => image with { Group = PatientOf(image, patients) })]
            : throw new DataException(
                $"{File} names no patient for {unnamed.Count} of {images.Count} pictures, for example {unnamed[0].Path}. Its column "
                    + $"{PathColumn} holds, for example, {patients.Keys.FirstOrDefault() ?? "nothing"}.");
    }

    private static string? PatientOf(LabeledImage image, Dictionary<string, string> patients) =>
        patients.GetValueOrDefault(image.Path) ?? patients.GetValueOrDefault(Path.GetFileName(image.Path));
}
