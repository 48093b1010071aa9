using System.Text.RegularExpressions;
using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>Which picture of a folder of one's own is of which patient, and how that is known; nothing is guessed from names that nobody
/// explained.</summary>
/// <param name="Images">The rows with their groups.</param>
/// <param name="Words">How the groups are known, a sentence; null where they are not.</param>
/// <param name="Advice">Where they are not known, or hardly: what it means and what to do.</param>
internal sealed record FolderGroups(ImageDataset Images, string? Words, string? Advice)
{
    private const string PatientsFile = "patients.csv";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Asks what the user names, else DICOM files, the table, <c>patients.csv</c>, known names, folders below the classes; in
    /// this order.</summary>
    /// <exception cref="DataException">What the user names does not fit.</exception>
    public static FolderGroups Of(ImageDataset all, FolderLayout layout, string? named)
    {
        if (named is not null)
        {
            return named.StartsWith('^') ? ByPattern(all, named) : ByTable(all, named);
        }

        var ids = all.Select(image => image with { Group = null });
        ids = all.Images.Any(image => image.Group is null && MayBeDicom(image.Path)) ? DicomGroups.Apply(ids) : ids;
        if (all.GroupCount > 0)
        {
            return Filled(all, ids);
        }

        if (ids.GroupCount > 0)
        {
            return Known(ids, "the patient ids in the DICOM files, replaced by numbers");
        }

        var patients = Path.Combine(all.Root, PatientsFile);
        if (File.Exists(patients))
        {
            var table = GroupTable.Read(patients);
            var notes = table.Compare(all.Images);
            return Known(all.Select(table.Apply), string.Join(" ", [PatientsFile, .. notes]));
        }

        if (all.Images.All(image => Grouping.ChestXrayPatient(image.Path) is not null))
        {
            return Known(all.Select(image => image with { Group = Grouping.ChestXrayPatient(image.Path) }),
                "the file names of chest_xray (Kermany et al.)");
        }

        var depth = layout == FolderLayout.PartFolders ? 2 : 1;
        var folders = all.Images.Select(image => image.Path.Split('/')).ToArray();
        return layout != FolderLayout.Table && Array.TrueForAll(folders, steps => steps.Length > depth + 1)
            ? Known(
                all.With(all.Name, [.. all.Images.Zip(folders, (image, steps) => image with { Group = steps[depth] })]),
                "the folders below the classes, each taken for one patient: if they are something else, name the patients yourself")
            : new FolderGroups(all, null, Unknown(all));
    }

    /// <summary>
    /// The table's groups; where it is blank, the DICOM file's patient, who is the table's where it names another picture of the same.
    /// </summary>
    private static FolderGroups Filled(ImageDataset all, ImageDataset ids)
    {
        var pairs = all.Images.Zip(ids.Images, (image, id) => (image.Group, Id: id.Group)).ToArray();
        var known = pairs.Where(pair => pair.Group is not null && pair.Id is not null)
            .DistinctBy(pair => pair.Id, StringComparer.Ordinal)
            .ToDictionary(pair => pair.Id!, pair => pair.Group!, StringComparer.Ordinal);
        var filled = pairs.Count(pair => pair.Group is null && pair.Id is not null);
        var images = all.Images.Zip(pairs, (image, pair) => image with
        {
            Group = pair.Group ?? (pair.Id is null ? null : known.GetValueOrDefault(pair.Id, $"DICOM {pair.Id}")),
        });
        return Known(all.With(all.Name, [.. images]), "the table's column of groups"
            + (filled == 0 ? "" : $"; where it is blank ({DisplayedNumber.Counted(filled, "picture", "pictures")}), from the DICOM files"));
    }

    private static FolderGroups ByTable(ImageDataset all, string named) =>
        Known(all.With(all.Name, ExternalGroups.Parse(named).Apply(all.Images)),
            $"the table {Path.GetFileName(ExternalGroups.Parse(named).File)}");

    private static FolderGroups ByPattern(ImageDataset all, string pattern)
    {
        Regex rule;
        try
        {
            rule = new Regex(pattern, RegexOptions.CultureInvariant, Patience);
        }
        catch (ArgumentException wrong)
        {
            throw new DataException($"The pattern {pattern} cannot be read: {wrong.Message}", wrong);
        }

        string? Patient(LabeledImage image) =>
            rule.Match(Path.GetFileName(image.Path)) is { Success: true, Groups: { Count: > 1 } parts } && parts[1].Length > 0
                ? parts[1].Value : null;
        var without = all.Images.Where(image => Patient(image) is null).Select(image => image.Path).ToArray();
        return without.Length == 0
            ? Known(all.Select(image => image with { Group = Patient(image) }), $"the pattern {pattern} of the file names")
            : throw new DataException(
                $"The pattern {pattern} gives no patient for {without.Length} of {all.Count} file names: "
                    + $"{PictureFiles.Named(without, 3)}. Its first "
                    + @"parenthesis is the patient, for example ^(p\d+)_ for p012_left.png.");
    }

    private static FolderGroups Known(ImageDataset images, string from)
    {
        var unknown = images.Images.Count(image => image.Group is null);
        var words = $"{DisplayedNumber.Counted(images.GroupCount, "patient", "patients")}, from {from}."
            + (unknown == 0 ? ""
                : $" {DisplayedNumber.Counted(unknown, "picture has none and stands", "pictures have none and stand")} alone.");
        return new FolderGroups(images, words, images.GroupCount > 1 ? null
            : "All pictures name one and the same patient, as after an anonymisation that gave everybody one id. "
                + "No split by patient is possible. "
                + $"Name the patients: {HowToName}");
    }

    private static string HowToName => @"a table, groups = ""patients.csv:file:patient"", or a pattern of the file names, groups "
        + @"= ""^(p\d+)_"".";

    private static string Unknown(ImageDataset all) =>
        "Patients are not known: nothing in the files, folders or names tells which pictures are of one person. Each picture then "
            + "counts as a patient of its own; "
            + "if that is not so, one person can be on both sides of the split, results are too good and intervals too narrow. "
            + $"{Suggestion(all)}Name them: {HowToName}";

    /// <summary>Names that share what stands before a last number may be several pictures of one patient: said, never applied.</summary>
    private static string Suggestion(ImageDataset all)
    {
        var stems = all.Images.Select(image => LastNumber().Match(Path.GetFileNameWithoutExtension(image.Path)))
            .Where(match => match.Success)
            .Select(match => match.Groups["stem"].Value).ToArray();
        var different = stems.Distinct(StringComparer.Ordinal).Count();
        return stems.Length == all.Count && different > all.ClassNames.Count && different < all.Count
            ? $@"The names look like {different} patients with a number of the picture behind (for example {stems[0]}): if that is "
                + $@"right, groups = ""^(.+)[-_]\d+\."". "
            : "";
    }

    private static bool MayBeDicom(string path) => Path.GetExtension(path).ToLowerInvariant() is ".dcm" or ".dicom" or "";

    private static Regex LastNumber() => new(@"^(?<stem>.+)[-_]\d+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patience);
}
