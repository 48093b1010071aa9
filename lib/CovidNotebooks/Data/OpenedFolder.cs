using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>How a folder of one's own pictures is laid out.</summary>
public enum FolderLayout
{
    /// <summary>One folder a part (train, val, test, in the usual spellings), each with one folder a class.</summary>
    PartFolders,

    /// <summary>One folder a class, no parts.</summary>
    ClassFolders,

    /// <summary>A CSV table with the columns file and label, and group and split where they are known.</summary>
    Table,
}

/// <summary>
/// A folder of one's own pictures, read by <see cref="ImageDataset.Open"/>. It says what it took for what: the layout, the classes, the
/// parts, how patients are known, and what was left out.
/// </summary>
public sealed class OpenedFolder : Displayed
{
    private const int Enough = 5;
    private const string PhantomNotice = "PHANTOMS: these pictures are drawn by the kit, in place of a folder of yours. Their numbers "
        + "say nothing about any disease.";
    private readonly string? groupWords;

    private OpenedFolder(FolderContent content, ImageDataset all, FolderGroups groups, DatasetSplit split)
    {
        Layout = content.Layout;
        LeftOut = content.LeftOut;
        All = all;
        groupWords = groups.Words;
        GroupAdvice = groups.Advice;
        Split = split;
    }

    /// <summary>How it is laid out.</summary>
    public FolderLayout Layout { get; }

    /// <summary>All pictures of all parts.</summary>
    public ImageDataset All { get; }

    /// <summary>The parts that the folder names, train, val and test, whatever they are called there; or the one part <c>all</c>.</summary>
    public DatasetSplit Split { get; }

    /// <summary>Files and folders that were not taken, with the reason.</summary>
    public IReadOnlyList<LeftOutFile> LeftOut { get; }

    /// <summary>Where patients are not known: what that means for every result, and how to name them. Null where they are known.</summary>
    public string? GroupAdvice { get; }

    /// <summary>What was taken for what, one sentence each, the most important first.</summary>
    public IReadOnlyList<string> Sentences =>
    [
        $"{All.Name}: {Words}; {FolderReading.Counted(All)}.",
        groupWords ?? "Patients are not known.",
        .. All.Notes,
    ];

    /// <summary>
    /// Train, validation and test parts: those of the folder, and what it lacks cut from its training part (or from all) by patient, with
    /// the shares of the classes kept. The card says which is which.
    /// </summary>
    /// <param name="seed">Of the cut.</param>
    /// <param name="validation">Share of the pictures that are cut from, above 0; default .2.</param>
    /// <param name="test">The same for the test part; default .2. The two leave something to train on.</param>
    /// <exception cref="DataException">There is nothing to train on, or too few pictures or patients of a class to cut.</exception>
    public DatasetSplit Cut(long seed, double validation = .2, double test = .2)
    {
        if (!(validation > 0 && test > 0 && validation + test < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(validation), validation,
                $"The shares of validation and test are above 0 and together below 1; found {validation} and {test}.");
        }

        var source = Split.Find("train") ?? Split.Find("all") ?? throw new DataException(
            $"{All.Name} has no training part: found {string.Join(", ", Split.Parts.Select(part => part.Name))}. A model that is "
                + $"trained elsewhere answers about these pictures with kit predict.");
        (string Name, double Share)[] lacking = [.. new[] { ("val", validation), ("test", test) }
            .Where(part => Split.Find(part.Item1) is null)];
        if (lacking.Length == 0)
        {
            return Split;
        }

        var cut = Splitter.Grouped(source, seed, [("train", 1 - lacking.Sum(part => part.Share)), .. lacking]);
        RefuseEmpty(cut);
        var parts = PartNames.All.Select(name => (name, cut.Find(name) ?? Split[name])).ToArray();
        var shipped = PartNames.All.Where(name => cut.Find(name) is null).ToArray();
        return new DatasetSplit(
            shipped.Length == 0 ? cut.Title : $"{All.Name}: {string.Join(" and ", lacking.Select(part => part.Name))} cut from the "
                + $"training part, seed {seed}; {string.Join(" and ", shipped)} as in the folder",
            parts)
        {
            Rule = shipped.Length == 0 ? cut.Rule : new OtherSplit($"{string.Join(" and ", lacking.Select(part => part.Name))} cut "
                + $"from the training part by group, seed {seed}"),
        };
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var sentences = Sentences;
        var document = new DisplayDocument().Say(All.IsPhantom ? PhantomNotice
            : null, ParagraphKind.Warning).Say(sentences[0], ParagraphKind.Finding).Say(GroupAdvice is null ? sentences[1] : null);
        document = document.Say(GroupAdvice, ParagraphKind.Warning);
        if (sentences.Count > 2)
        {
            document.Add(new BulletList(sentences.Skip(2)));
        }

        return document.Add(Split.Describe());
    }

    /// <exception cref="DataException">The folder is missing or of no layout that is known, or the groups do not fit.</exception>
    internal static OpenedFolder Read(string folder, string? groups, string? collection = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var content = FolderReading.Read(folder);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(content.Root));
        var rows = content.Parts.SelectMany(part => part.Images).ToArray();
        var all = new ImageDataset(name.Length > 0 ? name : content.Root, content.Root, content.ClassNames, rows)
        {
            Collection = collection,
            Notes = [.. content.Notes, .. PictureFiles.Sentences(content.LeftOut)],
        };
        var grouped = FolderGroups.Of(all, content.Layout, groups);
        var byPath = grouped.Images.Images.ToDictionary(image => image.Path, StringComparer.Ordinal);
        var parts = content.Parts.Select(part => (
            part.Name,
            grouped.Images.With(content.Parts.Count == 1 && part.Name == "all" ? all.Name : $"{all.Name} {part.Name}", [.. part.Images
                .Select(image => byPath[image.Path])]))).ToArray();
        return new OpenedFolder(content, grouped.Images, grouped, new DatasetSplit(all.Name, parts) { Rule = new ShippedSplit() });
    }

    private string Words => Layout switch
    {
        FolderLayout.Table => "a table of files and labels" + (Split.Find("all") is null ? $" with the parts {PartsText}"
            : ", without parts"),
        FolderLayout.PartFolders => $"the parts {PartsText}, with a folder a class in each",
        _ => "a folder a class, without parts",
    };

    private string PartsText => string.Join(", ", Split.Parts.Select(part => part.Name));

    private static void RefuseEmpty(DatasetSplit cut)
    {
        foreach (var (name, part) in cut.Parts)
        {
            var lacking = part.ClassNames.Where((_, label) => part.CountsByClass[label] == 0).ToArray();
            if (lacking.Length > 0)
            {
                throw new DataException(
                    $"The part {name} would have no picture of {string.Join(", ", lacking)}: there are too few pictures or patients of "
                        + $"it to cut. "
                        + $"Expected at least {Enough} patients a class; add pictures, or leave the class out.");
            }
        }
    }
}
