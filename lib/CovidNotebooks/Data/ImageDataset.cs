using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Data;

/// <summary>A table of labelled image files: path, label, group (patient), source. It prints its own counts.</summary>
public sealed class ImageDataset : Displayed
{
    /// <summary>The <see cref="Collection"/> of phantoms.</summary>
    public const string PhantomCollection = "phantoms";

    private const long PermutingLabels = 0x5045524D;

    /// <summary>Makes a dataset of rows that are already known.</summary>
    /// <param name="name">What the dataset is called in tables and messages.</param>
    /// <param name="root">The folder that the images' paths start from.</param>
    /// <param name="classNames">Names of the classes, by class number.</param>
    /// <param name="images">The rows.</param>
    /// <exception cref="ArgumentException">A label is not the number of a class.</exception>
    public ImageDataset(string name, string root, IReadOnlyList<string> classNames, IReadOnlyList<LabeledImage> images)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(root);
        ArgumentNullException.ThrowIfNull(classNames);
        ArgumentNullException.ThrowIfNull(images);
        var counts = new int[classNames.Count];
        foreach (var image in images)
        {
            if (image.Label < 0 || image.Label >= counts.Length)
            {
                throw new ArgumentException(
                    $"{image.Path} has label {image.Label}, but {name} has the classes 0 to {counts.Length - 1} "
                        + $"({string.Join(", ", classNames)}).",
                    nameof(images));
            }

            counts[image.Label]++;
        }

        Name = name;
        Root = Path.GetFullPath(root);
        ClassNames = classNames;
        Images = images;
        CountsByClass = counts;
    }

    /// <summary>What the dataset is called.</summary>
    public string Name { get; }

    /// <summary>The folder that the images' paths start from, absolute.</summary>
    public string Root { get; }

    /// <summary>
    /// The catalogue's name of the set that the images are of (<see cref="Datasets"/>), <see cref="PhantomCollection"/>, or null for files
    /// of one's own.
    /// It is what a run's record calls <c>data</c>.
    /// </summary>
    public string? Collection { get; init; }

    /// <summary>Whether the images are drawn (<see cref="Phantoms"/>), of nobody.</summary>
    public bool IsPhantom => string.Equals(Collection, PhantomCollection, StringComparison.Ordinal);

    /// <summary>
    /// Whether a published notebook may hold the pictures: those of nobody only. Pictures of a person's body need a licence and a reason.
    /// </summary>
    public bool PicturesMayBePublished => IsPhantom;

    /// <summary>
    /// What the catalogue says of the <see cref="Collection"/>; null where it knows none of that name: phantoms, several collections,
    /// somebody's own pictures.
    /// </summary>
    public DatasetInfo? Info => Datasets.All.FirstOrDefault(info => string.Equals(info.Name, Collection, StringComparison.Ordinal));

    /// <summary>How the folder was read: what was left out and why, one sentence each. The data card shows them.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Names of the classes, by class number.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The rows.</summary>
    public IReadOnlyList<LabeledImage> Images { get; }

    /// <summary>Number of images.</summary>
    public int Count => Images.Count;

    /// <summary>Number of images of each class.</summary>
    public IReadOnlyList<int> CountsByClass { get; }

    /// <summary>The number of each image's class, in the order of <see cref="Images"/>.</summary>
    public IReadOnlyList<int> Labels => [.. Images.Select(image => image.Label)];

    /// <summary>Number of different groups (patients) among the images that have one.</summary>
    public int GroupCount =>
        Images.Where(image => image.Group is not null).Select(image => image.Group).Distinct(StringComparer.Ordinal).Count();

    /// <summary>
    /// Reads a folder of pictures of one's own, whatever its layout: <c>train/val/test</c> with classes inside, classes alone, or a CSV
    /// table with the columns file and label. What it took, and what it left out, is told by what it gives back.
    /// </summary>
    /// <param name="folder">The folder, or the table.</param>
    /// <param name="groups">
    /// Which picture is of which patient: a table, <c>FILE:PATH:PATIENT</c> (<see cref="ExternalGroups.Parse"/>), or a pattern of file
    /// names that begins with <c>^</c> and whose first parenthesis is the patient, for example <c>^(p\d+)_</c>. Null: DICOM files, the
    /// table, a file <c>patients.csv</c>, folders below the classes and known names are asked.
    /// </param>
    /// <exception cref="DataException">The folder is missing or has no layout that is known; the message says what was found.</exception>
    public static OpenedFolder Open(string folder, string? groups = null) => OpenedFolder.Read(folder, groups);

    /// <summary>Reads a folder whose sub-folders are the classes.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="name">A name for tables; by default the folder's own.</param>
    /// <param name="classNames">
    /// The classes to take, in the order of their numbers; by default all sub-folders sorted by code point.
    /// </param>
    /// <param name="rule">What is a class and what a picture. Files are in Keras' order by either rule.</param>
    /// <exception cref="DataException">
    /// The folder is missing, has no sub-folders, holds parts (train, val, test) in place of classes, or a class folder has no images.
    /// </exception>
    public static ImageDataset FromFolders(
        string root, string? name = null, IReadOnlyList<string>? classNames = null, FolderRule rule = FolderRule.Pictures)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        if (!Directory.Exists(root))
        {
            throw new DataException(
                $"There is no folder {Path.GetFullPath(root)}. Expected a folder with one sub-folder of images for each class. Check "
                    + "the path, or name the data folder with --data DIR or the environment variable COVIDNOTEBOOKS_DATA.");
        }

        var leftOut = new List<LeftOutFile>();
        IReadOnlyList<string> Found() =>
            rule == FolderRule.Keras ? KerasFolders.ClassNames(root) : PictureFiles.SubFolders(root, "", leftOut);
        var classes = classNames ?? Found();
        if (classes.Count == 0)
        {
            throw new DataException(
                $"{Path.GetFullPath(root)} has no sub-folders. Expected one sub-folder of images for each class, for example NORMAL "
                    + "and PNEUMONIA. Point one folder higher or lower, or unpack the data set there.");
        }

        if (classNames is null && rule == FolderRule.Pictures && classes.All(folder => PartNames.Of(folder) is not null))
        {
            throw new DataException(
                $"{Path.GetFullPath(root)} holds the parts {string.Join(", ", classes)}, not classes. ImageDataset.Open(folder) reads "
                    + "parts with classes inside; or give one of them, or name the classes.");
        }

        var images = new List<LabeledImage>();
        for (var label = 0; label < classes.Count; label++)
        {
            if (!Directory.Exists(Path.Combine(root, classes[label])))
            {
                throw new DataException(
                    $"{Path.GetFullPath(root)} has no folder {classes[label]}. Found: "
                        + $"{string.Join(", ", Found())}. Class names are the names of sub-folders, upper and lower case distinguished.");
            }

            var files = rule == FolderRule.Keras ? KerasFolders.FilesOfClass(root, classes[label])
                : PictureFiles.Below(root, classes[label], leftOut);
            if (files.Count == 0)
            {
                throw new DataException(
                    $"The class folder {Path.GetFullPath(Path.Combine(root, classes[label]))} holds no images. Expected files named "
                        + $"{PictureFiles.Endings}. Fill it, or remove the empty folder: it would become a class without examples.");
            }

            var thisLabel = label;
            images.AddRange(files.Select(file => new LabeledImage(file, thisLabel)));
        }

        return new ImageDataset(name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))), root, classes, images)
        {
            Notes = PictureFiles.Sentences(leftOut),
        };
    }

    /// <summary>The absolute path of an image's file.</summary>
    public string FullPath(LabeledImage image) => Path.Combine(Root, image.Path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The images that fulfil a condition, with the same classes.</summary>
    public ImageDataset Where(Func<LabeledImage, bool> condition, string? name = null) =>
        With(name ?? Name, [.. Images.Where(condition)]);

    /// <summary>The images at the given indices, in that order, with the same classes.</summary>
    public ImageDataset Subset(IEnumerable<int> indices, string name) => With(name, [.. indices.Select(index => Images[index])]);

    /// <summary>The same images with other groups or sources.</summary>
    public ImageDataset Select(Func<LabeledImage, LabeledImage> change) => With(Name, [.. Images.Select(change)]);

    /// <summary>The same images under the name of a <see cref="Collection"/>.</summary>
    internal ImageDataset From(string collection) => new(Name, Root, ClassNames, Images) { Collection = collection, Notes = Notes };

    /// <summary>Other rows of the same folder, classes and collection.</summary>
    /// <param name="name">What the new dataset is called.</param>
    /// <param name="images">Its rows.</param>
    public ImageDataset With(string name, IReadOnlyList<LabeledImage> images) =>
        new(name, Root, ClassNames, images) { Collection = Collection, Notes = Notes };

    /// <summary>One image of each group, the first, drawn at random among the groups.</summary>
    /// <param name="count">How many groups; fewer where there are fewer.</param>
    /// <param name="seed">Of the draw.</param>
    public ImageDataset OnePerGroup(int count, int seed)
    {
        var first = Images.GroupBy(image => image.Group ?? image.Path, StringComparer.Ordinal).Select(group => group.First()).ToArray();
        new Random(seed).Shuffle(first);
        return With(Name, [.. first.Take(count)]);
    }

    /// <summary>
    /// The same images with their labels dealt at random: as many of each class as before. What a model learns of them means nothing.
    /// </summary>
    /// <param name="seed">The same seed deals the same labels.</param>
    public ImageDataset WithPermutedLabels(long seed)
    {
        var order = new RandomStream(seed, PermutingLabels).Permutation(Count);
        return With($"{Name}, labels permuted", [.. Images.Select((image, i) => image with { Label = Images[order[i]].Label })]);
    }

    /// <summary>The same rows with other names for the classes, for example a document's for those of phantoms.</summary>
    /// <param name="classNames">One name a class, in the order of the numbers.</param>
    /// <exception cref="ArgumentException">There are more or fewer names than classes.</exception>
    public ImageDataset WithClassNames(params IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        return classNames.Count == ClassNames.Count
            ? new ImageDataset(Name, Root, classNames, Images) { Collection = Collection, Notes = Notes }
            : throw new ArgumentException(
                $"{Name} has {ClassNames.Count} classes ({string.Join(", ", ClassNames)}), and {classNames.Count} names were given "
                    + $"({string.Join(", ", classNames)}). Give one a class.",
                nameof(classNames));
    }

    /// <summary>The images of some classes, numbered in the order of their names: two of three, for what tells two apart.</summary>
    /// <param name="classNames">Some of the classes; at least one.</param>
    /// <exception cref="ArgumentException">One of them is not a class of this dataset.</exception>
    public ImageDataset OfClasses(params IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        var numbers = classNames.Select(name => ClassNames.ToList().IndexOf(name)).ToList();
        if (classNames.Count == 0 || numbers.Contains(-1))
        {
            throw new ArgumentException(
                $"{Name} has the classes {string.Join(", ", ClassNames)}; found {string.Join(", ", classNames)}. Name some of them.",
                nameof(classNames));
        }

        var images = Images.Where(image => numbers.Contains(image.Label))
            .Select(image => image with { Label = numbers.IndexOf(image.Label) });
        return new ImageDataset(Name, Root, classNames, [.. images]) { Collection = Collection, Notes = Notes };
    }

    /// <summary>The images of several datasets in one, with paths from the deepest folder that they have in common.</summary>
    /// <param name="name">What the new dataset is called.</param>
    /// <param name="parts">At least one; all have the same classes in the same order.</param>
    /// <exception cref="ArgumentException">There is no part, the classes differ, or an image is in two parts.</exception>
    public static ImageDataset Join(string name, params IReadOnlyList<ImageDataset> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0 || parts.Any(part => !part.ClassNames.SequenceEqual(parts[0].ClassNames, StringComparer.Ordinal)))
        {
            throw new ArgumentException(
                "Datasets with the same classes in the same order can be joined; found "
                    + $"{string.Join("; ", parts.Select(part => $"{part.Name}: {string.Join(", ", part.ClassNames)}"))}. "
                    + "Rename or reorder the classes first.",
                nameof(parts));
        }

        var root = parts.Select(part => part.Root).Aggregate(CommonFolder);
        var images = parts.SelectMany(part =>
            part.Images.Select(image =>
                image with
                {
                    Path = Path.GetRelativePath(root, part.FullPath(image)).Replace(Path.DirectorySeparatorChar, '/'),
                })).ToArray();
        var twice = images.GroupBy(image => image.Path, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? new ImageDataset(name, root, parts[0].ClassNames, images)
            {
                Collection = Together(parts),
                Notes = [.. parts.SelectMany(part => part.Notes).Distinct(StringComparer.Ordinal)],
            }
            : throw new ArgumentException(
                $"'{twice.Key}' is in {twice.Count()} of the datasets to be joined. Take it out of all but one.", nameof(parts));
    }

    /// <summary>
    /// The same images with the classes numbered in another order, for example NonCOVID 0 and COVID 1 where the folders sort the other way.
    /// </summary>
    /// <param name="classNames">The same names in the wanted order.</param>
    /// <exception cref="ArgumentException">These are not the dataset's classes.</exception>
    public ImageDataset WithClassOrder(params IReadOnlyList<string> classNames)
    {
        if (!classNames.Order(StringComparer.Ordinal).SequenceEqual(ClassNames.Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"{Name} has the classes {string.Join(", ", ClassNames)}; found {string.Join(", ", classNames)}. Name each of them "
                    + "once, in the order of the new numbers.",
                nameof(classNames));
        }

        return new(
            Name,
            Root,
            classNames,
            [.. Images.Select(image => image with { Label = classNames.ToList().IndexOf(ClassNames[image.Label]) })])
        {
            Collection = Collection,
            Notes = Notes,
        };
    }

    /// <summary>
    /// The training and the validation subset of Keras' <c>validation_split</c>: of each class, in file order, the first part is for
    /// validation.
    /// </summary>
    /// <remarks>
    /// The images of each class must be in the order of <see cref="FromFolders"/>. The split is not random and is the same in every run.
    /// </remarks>
    /// <param name="validationSplit">The fraction for validation, strictly between 0 and 1.</param>
    /// <exception cref="DataException">The images of a class are in another order, which would give another split than Keras'.</exception>
    public (ImageDataset Training, ImageDataset Validation) KerasValidationSplit(double validationSplit)
    {
        LabeledImage[][] classes =
        [
            .. Enumerable.Range(0, ClassNames.Count).Select(label => Images.Where(image => image.Label == label).ToArray()),
        ];
        foreach (var (earlier, later) in classes.SelectMany(images => images.Zip(images.Skip(1))))
        {
            if (KerasFolders.Compare(earlier.Path, later.Path) > 0)
            {
                throw new DataException(
                    $"The images of {Name} are not in the order in which Keras lists files: {earlier.Path} stands before "
                        + $"{later.Path}. Keras' validation_split takes the first files of each class by folder and name, so another order "
                        + "gives another split. Read the folder with ImageDataset.FromFolders, or sort the images by path; "
                        + "for a random split use Splitter.");
            }
        }

        ImageDataset Part(bool validation) => With(
            $"{Name} ({(validation ? "validation" : "training")})",
            [
                .. classes.SelectMany(
                    (images, label) => images[KerasFolders.SubsetRange(CountsByClass[label], validationSplit, validation)]),
            ]);

        return (Part(validation: false), Part(validation: true));
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Table();

    /// <summary>One or several collections, by name: <c>xray-25 + chest-xray-pneumonia</c>; null where none is known.</summary>
    private static string? Together(IReadOnlyList<ImageDataset> parts) =>
        parts.All(part => part.Collection is null) ? null
        : string.Join(" + ", parts.Select(part => part.Collection ?? "files of one's own").Distinct(StringComparer.Ordinal));

    /// <summary>The deepest folder that two absolute paths have in common.</summary>
    internal static string CommonFolder(string first, string second)
    {
        var (one, other) = (first.Split(Path.DirectorySeparatorChar), second.Split(Path.DirectorySeparatorChar));
        var common = one.Zip(other).TakeWhile(pair => string.Equals(pair.First, pair.Second, StringComparison.Ordinal)).Count();
        var folder = string.Join(Path.DirectorySeparatorChar, one[..common]);
        return folder.Length == 0 || folder.EndsWith(':') ? folder + Path.DirectorySeparatorChar : folder;
    }

    private Table Table()
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"{Name}: {Count:N0} images");
        var table = new Table(
            GroupCount > 0 ? string.Create(CultureInfo.InvariantCulture, $"{title} of {GroupCount:N0} groups") : title,
            TableColumn.Number("number"),
            TableColumn.Text("class"),
            TableColumn.Number("images"),
            TableColumn.Number("share"));
        for (var label = 0; label < ClassNames.Count; label++)
        {
            table.Add(
                label.ToString(CultureInfo.InvariantCulture),
                ClassNames[label],
                CountsByClass[label].ToString("N0", CultureInfo.InvariantCulture),
                Share(label));
        }

        return table;
    }

    private string Share(int label) =>
        Count == 0 ? "" : (CountsByClass[label] / (double)Count).ToString("P1", CultureInfo.InvariantCulture);
}
