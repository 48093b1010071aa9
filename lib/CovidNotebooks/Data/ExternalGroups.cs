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
    /// Gives every picture its patient. All or nothing: a picture that the table does not name, or whose patient it does not know, is an
    /// error, for an interval by patient needs them all. Paths and patients are compared as in a <see cref="GroupTable"/>; rows of other
    /// pictures are passed over, because such a table is often of a larger collection.
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
        var patients = new Dictionary<string, (string? Patient, int Line)>(StringComparer.Ordinal);
        var spellings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in table.Rows)
        {
            var (picture, patient) = (GroupTable.Key(row.Fields[path] ?? ""), GroupTable.Known(row.Fields[group]));
            if (patient is not null && !spellings.TryAdd(patient, patient))
            {
                patient = spellings[patient];
            }

            if (!patients.TryAdd(picture, (patient, row.Number))
                && !string.Equals(patients[picture].Patient, patient, StringComparison.Ordinal))
            {
                throw new DataException(
                    $"Line {row.Number} of {File} gives the picture '{picture}' {Words(patient)}, an earlier line "
                        + $"{Words(patients[picture].Patient)}. Every picture is of one patient.");
            }
        }

        var names = images.ToLookup(image => Path.GetFileName(image.Path), StringComparer.OrdinalIgnoreCase);
        var withoutCase = patients.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        (string? Patient, int Line)? RowOf(string picture) => patients.TryGetValue(picture, out var row) ? row
            : withoutCase[picture].Take(2).ToArray() is [var only] ? only : null;
        var rows = images.Select(image => (Image: image, Row: RowOf(GroupTable.Key(image.Path)) ?? ByName(image))).ToArray();
        var unnamed = rows.Where(pair => pair.Row is null).ToList();
        if (unnamed.Count > 0)
        {
            throw new DataException(
                $"{File} names no patient for {unnamed.Count} of {images.Count} pictures, for example {unnamed[0].Image.Path}. Its column "
                    + $"{PathColumn} holds, for example, {patients.Keys.FirstOrDefault() ?? "nothing"}.");
        }

        return rows.FirstOrDefault(pair => pair.Row!.Value.Patient is null) is { Image: { } nameless } unknown
            ? throw new DataException(
                $"Line {unknown.Row!.Value.Line} of {File} gives the picture '{nameless.Path}' no patient. "
                    + "Every picture is of one patient.")
            : [.. rows.Select(pair => pair.Image with { Group = pair.Row!.Value.Patient })];

        (string? Patient, int Line)? ByName(LabeledImage image)
        {
            var name = Path.GetFileName(image.Path);
            return RowOf(GroupTable.Key(name)) is not { } row ? null
                : names[name].Skip(1).Any()
                ? throw new DataException(
                    $"Line {row.Line} of {File} names '{name}' alone, and {names[name].Count()} pictures are called so, for example "
                        + $"{image.Path}. Expected their paths from the folder.")
                : row;
        }
    }

    private static string Words(string? patient) => patient is null ? "no patient" : $"the patient '{patient}'";
}
