using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>What was found in a folder, before groups: parts by name with rows, classes, and what was left out.</summary>
internal sealed record FolderContent(
    FolderLayout Layout,
    string Root,
    IReadOnlyList<string> ClassNames,
    IReadOnlyList<(string Name, IReadOnlyList<LabeledImage> Images)> Parts,
    IReadOnlyList<LeftOutFile> LeftOut,
    IReadOnlyList<string> Notes);

/// <summary>Recognises how a folder of pictures is laid out. What it does not recognise is refused with what was found.</summary>
internal static class FolderReading
{
    private const string NoLabel = "no class folder around it, so no label; kit predict answers about such pictures";

    /// <exception cref="DataException">The folder is missing or of no layout that is known.</exception>
    public static FolderContent Read(string folder)
    {
        var path = Path.GetFullPath(folder);
        if (File.Exists(path))
        {
            return LabelTable.Read(path);
        }

        if (!Directory.Exists(path))
        {
            throw new DataException(
                $"There is no folder {path}. Expected {Layouts} Check the path; a relative one starts in the folder that the command "
                    + $"runs in.");
        }

        if (LabelTable.Find(path) is { } table)
        {
            return LabelTable.Read(table);
        }

        var leftOut = new List<LeftOutFile>();
        var folders = PictureFiles.SubFolders(path, "", leftOut);
        var loose = PictureFiles.In(path, "", leftOut);
        var listed = folders.Select(name => (Name: name, Files: PictureFiles.Below(path, name, leftOut))).ToArray();
        leftOut.AddRange(listed.Where(each => each.Files.Count == 0).Select(each => new LeftOutFile(each.Name,
            "a folder without pictures")));
        var filled = listed.Where(each => each.Files.Count > 0).ToArray();
        if (filled.Length == 0)
        {
            throw new DataException(
                $"{path} has no sub-folder with pictures{(loose.Count > 0 ? $", only {loose.Count} pictures without a class" : "")}. "
                    + $"Expected {Layouts}");
        }

        leftOut.AddRange(loose.Select(file => new LeftOutFile(file, NoLabel)));
        return filled.Any(each => PartNames.Of(each.Name) is not null)
            ? Parts(path, filled, leftOut)
            : Classes(path, filled, leftOut);
    }

    /// <summary>What is understood, for messages.</summary>
    private static string Layouts =>
        $"folders {PartNames.Spellings} with one folder a class in each, or one folder a class, or a CSV table with the columns file and "
            + "label (and group and split, where known).";

    private static FolderContent Classes(string root, (string Name, IReadOnlyList<string> Files)[] classes, List<LeftOutFile> leftOut)
    {
        var names = classes.Select(each => each.Name).ToArray();
        RefuseTwins(root, names);
        if (names.Length < 2)
        {
            var inside = PictureFiles.SubFolders(root, names[0], []);
            throw new DataException(
                $"{root} has one class, {names[0]} ({classes[0].Files.Count} pictures), and a classifier needs two or more. "
                    + (inside.Count > 0 ? $"Inside it are {PictureFiles.Named(inside)}: if these are the parts or classes, open "
                        + $"{names[0]} itself. " : "")
                    + "Put the pictures of each class into a folder of its own.");
        }

        return new FolderContent(
            FolderLayout.ClassFolders, root, names,
            [("all", [.. classes.SelectMany((each, label) => each.Files.Select(file => new LabeledImage(file, label)))])],
            leftOut, []);
    }

    private static FolderContent Parts(string root, (string Name, IReadOnlyList<string> Files)[] folders, List<LeftOutFile> leftOut)
    {
        if (folders.Where(each => PartNames.Of(each.Name) is null).Select(each => each.Name).ToArray() is { Length: > 0 } others)
        {
            throw new DataException(
                $"{root} mixes parts ({string.Join(", ", folders.Select(each => each.Name).Except(others, StringComparer.Ordinal))}) "
                    + $"with other folders of pictures "
                    + $"({string.Join(", ", others)}). Classes stand inside the parts, or there are no parts. Move or rename folders, "
                        + $"or write a CSV table with the columns file, label and split.");
        }

        if (folders.GroupBy(each => PartNames.Of(each.Name), StringComparer.Ordinal).FirstOrDefault(group =>
            group.Count() > 1) is { } twice)
        {
            throw new DataException(
                $"{root} has {string.Join(" and ", twice.Select(each => each.Name))}, two spellings of the part {twice.Key}. "
                    + "Join them, or rename one.");
        }

        var rows = folders.ToDictionary(
            each => PartNames.Of(each.Name)!,
            each => each.Files.Select(file => (File: file, Class: ClassOf(file))).ToArray(),
            StringComparer.Ordinal);
        leftOut.AddRange(rows.Values.SelectMany(part => part).Where(row => row.Class is null).Select(row => new LeftOutFile(row.File,
            NoLabel)));
        string[] names = [.. rows.Values.SelectMany(part => part).Select(row => row.Class).OfType<string>()
            .Distinct(StringComparer.Ordinal).Order(CodePointOrder.Instance)];
        RefuseTwins(root, names);
        if (names.Length < 2)
        {
            throw new DataException(
                $"The parts of {root} ({string.Join(", ", folders.Select(each => each.Name))}) hold "
                    + $"{(names.Length == 0 ? "pictures and no class folders" : $"one class, {names[0]}")}; "
                    + $"a classifier needs two classes or more. "
                    + $"Expected, for example, {folders[0].Name}/healthy and {folders[0].Name}/ill.");
        }

        var parts = PartNames.All.Where(rows.ContainsKey)
            .Select(part => (part, (IReadOnlyList<LabeledImage>)[
                .. rows[part].Where(row => row.Class is not null)
                    .Select(row => new LabeledImage(row.File, Array.IndexOf(names, row.Class)))]))
            .Where(part => part.Item2.Count > 0)
            .ToArray();
        var notes = folders.Where(each => !string.Equals(each.Name, PartNames.Of(each.Name), StringComparison.Ordinal))
            .Select(each => $"The folder {each.Name} is the part {PartNames.Of(each.Name)}.")
            .Concat(parts.SelectMany(part => names.Where((_, label) => part.Item2.All(image => image.Label != label))
                .Select(name => $"The part {part.part} has no picture of {name}.")));
        return new FolderContent(FolderLayout.PartFolders, root, names, parts, leftOut, [.. notes]);
    }

    /// <summary>The folder below the part, or null for a picture in the part itself.</summary>
    private static string? ClassOf(string file) => file.Split('/') is { Length: > 2 } steps ? steps[1] : null;

    /// <summary>Names that differ in upper and lower case only are one class that was written twice.</summary>
    internal static void RefuseTwins(string root, IReadOnlyList<string> names)
    {
        if (names.GroupBy(name => name.Trim(), StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new DataException(
                $"{root} names the classes {string.Join(" and ", twins)}, which differ in upper and lower case or in spaces only. They "
                    + $"would be two classes. Give them one name.");
        }
    }

    /// <summary>Counts in words: <c>180 pictures of 3 classes (a 60, b 60, c 60)</c>.</summary>
    internal static string Counted(ImageDataset all)
    {
        var classes = all.ClassNames.Select((name, label) => $"{name} {DisplayedNumber.ValueText(all.CountsByClass[label])}");
        return $"{DisplayedNumber.Counted(all.Count, "picture", "pictures")} of {all.ClassNames.Count} classes "
            + $"({string.Join(", ", classes)})";
    }
}
