using System.Globalization;

namespace CovidNotebooks.Data;

/// <summary>A CSV table of one's own pictures: columns file and label, and group (or patient) and split where they are known.</summary>
internal static class LabelTable
{
    private const string Expected =
        "Expected a line of column names, then a line a picture: file (from the table's folder) and label; group and split where known.";

    private const string ExpectedSplit = $"Expected {PartNames.Spellings} in every line, or no such column.";
    private const string GiveLabel = "Give one, or take the line out: kit predict answers about pictures without a label.";
    private const string MoveTable = "Move the table above the pictures.";
    private const string NotNamed = "the table does not name it";
    private static readonly string[] Known = ["file", "path", "label", "group", "patient", "split"];

    /// <summary>The table in a folder; null where there is none.</summary>
    /// <exception cref="DataException">There are several.</exception>
    public static string? Find(string folder)
    {
        string[] tables =
        [
            .. Directory.EnumerateFiles(folder, "*.csv")
                .Where(file => !PictureFiles.IsHidden(Path.GetFileName(file)) && IsTable(file)).Order(StringComparer.Ordinal),
        ];
        return tables.Length < 2 ? tables.FirstOrDefault() : throw new DataException(
            $"{folder} has {tables.Length} tables with the columns file and label: "
                + $"{string.Join(", ", tables.Select(Path.GetFileName))}. Open the one that counts.");
    }

    /// <exception cref="DataException">It is no such table, or contradicts itself or the files.</exception>
    public static FolderContent Read(string path)
    {
        var (root, name) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        var text = File.ReadAllText(path);
        if (FirstLine(text) is var first && first.Contains(';', StringComparison.Ordinal) && !first.Contains(',', StringComparison.Ordinal))
        {
            throw new DataException($"{name} has semicolons between its columns ({first}). Save it with commas. {Expected}");
        }

        var table = CsvTable.Parse(text, name, ["label"], Expected);
        var (file, label) = (Column(table, "file", "path"), table.IndexOf("label"));
        var (group, split) = (Column(table, "group", "patient"), table.IndexOf("split"));
        if (file < 0)
        {
            throw new DataException($"{name} has no column file. Found: {string.Join(", ", table.Columns)}. {Expected}");
        }

        var rows = table.Rows.Select(row => new Row(
            row.Number, Relative(root, row.Fields[file] ?? "", name, row.Number), row.Fields[label]?.Trim() ?? "",
            group < 0 ? null : GroupTable.Known(row.Fields[group]), split < 0 ? "all" : Part(row, split, name))).ToArray();
        Refuse(rows, root, name);
        string[] classes = [.. rows.Select(row => row.Label).Distinct(StringComparer.Ordinal).Order(CodePointOrder.Instance)];
        FolderReading.RefuseTwins(name, classes);
        if (classes.Length < 2)
        {
            var found = classes.Length == 0 ? "no row" : $"one label, {classes[0]}";
            throw new DataException($"{name} has {found}; a classifier needs two classes or more.");
        }

        var leftOut = new List<LeftOutFile>();
        var named = rows.Select(row => row.File).ToHashSet(StringComparer.Ordinal);
        leftOut.AddRange(
            PictureFiles.Below(root, "", [])
                .Where(picture => !named.Contains(picture))
                .Select(picture => new LeftOutFile(picture, NotNamed)));
        string[] unused = [.. table.Columns.Where(column => !Known.Contains(column, StringComparer.OrdinalIgnoreCase))];
        string[] order = split < 0 ? ["all"] : PartNames.All;
        return new FolderContent(
            FolderLayout.Table, root, classes,
            [
                .. order.Select(part => (part, Images: (IReadOnlyList<LabeledImage>)[
                    .. rows.Where(row => row.Part == part).OrderBy(row => Array.IndexOf(classes, row.Label))
                        .Select(row => new LabeledImage(row.File, Array.IndexOf(classes, row.Label), row.Group))]))
                    .Where(part => part.Images.Count > 0),
            ],
            leftOut,
            unused.Length == 0 ? [] : [$"Columns of {name} that are not used: {string.Join(", ", unused)}."]);
    }

    private static bool IsTable(string file)
    {
        using var reader = new StreamReader(file);
        var columns = FirstLine(reader.ReadLine() ?? "").Split(',', ';')
            .Select(column => column.Trim().Trim('"').ToLowerInvariant()).ToArray();
        return columns.Contains("label", StringComparer.Ordinal)
            && (columns.Contains("file", StringComparer.Ordinal) || columns.Contains("path", StringComparer.Ordinal));
    }

    private static string FirstLine(string text) => text.TrimStart('\uFEFF').Split('\n')[0].TrimEnd('\r');

    private static int Column(CsvTable table, string name, string other) =>
        table.IndexOf(name) is >= 0 and var at ? at : table.IndexOf(other);

    private static string Relative(string root, string written, string name, int line)
    {
        var path = written.Trim().Replace('\\', '/');
        var relative = Path.GetRelativePath(root, Path.Combine(root, path)).Replace(Path.DirectorySeparatorChar, '/');
        return path.Length > 0 && !relative.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(relative)
            ? relative
            : throw new DataException(
                path.Length == 0 ? Text($"Line {line} of {name} names no file. {Expected}")
                : Text($"Line {line} of {name} names {written}, which is outside of the table's folder. {MoveTable}"));
    }

    private static string Part(CsvRecord row, int split, string name) => PartNames.Of(row.Fields[split] ?? "")
        ?? throw new DataException(
            Text($"Line {row.Number} of {name} has the split '{row.Fields[split]}'. {ExpectedSplit}"));

    private static void Refuse(Row[] rows, string root, string name)
    {
        if (Array.Find(rows, row => row.Label.Length == 0) is { } unlabelled)
        {
            throw new DataException(
                Text($"Line {unlabelled.Line} of {name} has no label for {unlabelled.File}. {GiveLabel}"));
        }

        if (rows.GroupBy(row => row.File, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new DataException(
                $"{name} names {twice.Key} twice, in the lines "
                    + $"{string.Join(" and ", twice.Select(row => row.Line.ToString(CultureInfo.InvariantCulture)))}. "
                    + "A picture has one label and is in one part.");
        }

        string[] missing = [.. rows.Select(row => row.File).Where(file => !File.Exists(Path.Combine(root, file)))];
        if (missing.Length > 0)
        {
            throw new DataException(
                Text($"{missing.Length} of {rows.Length} files that {name} names are not in {root}: {PictureFiles.Named(missing, 3)}. ")
                    + "Paths start at the table's own folder, upper and lower case distinguished.");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(int Line, string File, string Label, string? Group, string Part);
}
