using CovidNotebooks.Data;
using CovidNotebooks.Display;

namespace CovidNotebooks.Audit;

/// <summary>
/// What lies in a folder of somebody's own pictures: one folder a class, or folders train, val and test with one folder a class in each. Every file is either a
/// picture of a class or named as left out.
/// </summary>
public sealed class FolderLayout
{
    private static readonly Dictionary<string, string> PartNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = "train",
        ["training"] = "train",
        ["val"] = "val",
        ["valid"] = "val",
        ["validation"] = "val",
        ["test"] = "test",
        ["testing"] = "test",
    };

    private static readonly HashSet<string> SystemNames = new(["Thumbs.db", "desktop.ini", "__MACOSX"], StringComparer.OrdinalIgnoreCase);

    private FolderLayout(string root) => Root = root;

    /// <summary>The folder, absolute.</summary>
    public string Root { get; }

    /// <summary>Whether it holds parts; else class folders, and the one part is called <c>all</c>.</summary>
    public bool HasParts { get; private init; }

    /// <summary>The pictures of each part and class, paths from the root with <c>/</c> between folders, sorted by code point.</summary>
    public IReadOnlyList<(string Part, string ClassName, IReadOnlyList<string> Pictures)> Classes { get; private init; } = [];

    /// <summary>
    /// Hidden files and folders, and those that an operating system leaves behind (<c>._1.png</c>, <c>Thumbs.db</c>, <c>__MACOSX</c>): they are no pictures, though some
    /// are named as if.
    /// </summary>
    public IReadOnlyList<string> Hidden { get; private init; } = [];

    /// <summary>Other files that are not taken: their names are no picture's, or they lie outside the class folders.</summary>
    public IReadOnlyList<string> Others { get; private init; } = [];

    /// <summary>Names of classes that a part lacks while another has them, and class folders without a picture; one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; private init; } = [];

    /// <summary>Looks at the names in a folder; opens no file.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DataException">There is no such folder, it cannot be read, or no picture is in a class folder of it.</exception>
    public static FolderLayout Of(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var root = Path.GetFullPath(folder);
        if (!Directory.Exists(root))
        {
            throw new DataException($"There is no folder {root}. Expected one sub-folder of pictures for each class, or train, val and test with such sub-folders. Check the path.");
        }

        try
        {
            return Read(root);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The folder {root} cannot be read: {error.Message} Ask for the right to read it.", error);
        }
    }

    private static FolderLayout Read(string root)
    {
        var (files, hidden) = Files(root);
        var folders = Directory.EnumerateDirectories(root).Select(path => Path.GetFileName(path)!).Where(name => !IsHidden(name)).ToList();
        var hasParts = folders.Exists(PartNames.ContainsKey);
        var depth = hasParts ? 2 : 1;
        var pictures = files.Where(file => IsPlaced(file, depth, hasParts) && KerasFolders.HasImageExtension(file)).ToList();
        if (pictures.Count == 0)
        {
            throw new DataException(
                $"The folder {root} holds no pictures in class folders. Expected CLASS/picture.png or train/CLASS/picture.png, with names that end in .png, .jpg, .jpeg, .bmp, "
                + $".ppm, .tif or .tiff; found {DisplayedNumber.Counted(files.Count, "other file", "other files")}{(files.Count > 0 ? $", for example {files[0]}" : "")}. Put the pictures of each class into a folder of its name.");
        }

        string[] named = [.. folders.SelectMany(name => hasParts ? PartNames.ContainsKey(name) ? Below(root, name) : [] : [name])];
        var classes = named.Order(CodePointOrder.Instance).Select(place => (
            Part: hasParts ? place[..place.IndexOf('/', StringComparison.Ordinal)] : "all",
            ClassName: place[(place.IndexOf('/', StringComparison.Ordinal) + 1)..],
            Pictures: (IReadOnlyList<string>)[.. pictures.Where(file => file.StartsWith(place + "/", StringComparison.Ordinal))])).ToList();
        return new FolderLayout(root)
        {
            HasParts = hasParts,
            Classes = [.. classes.OrderBy(item => Order(item.Part))],
            Hidden = hidden,
            Others = [.. files.Except(pictures, StringComparer.Ordinal)],
            Problems = [.. ProblemsOf(classes)],
        };
    }

    private static IEnumerable<string> ProblemsOf(IReadOnlyList<(string Part, string ClassName, IReadOnlyList<string> Pictures)> classes)
    {
        foreach (var (part, name, _) in classes.Where(item => item.Pictures.Count == 0))
        {
            yield return $"The class folder {(part == "all" ? name : $"{part}/{name}")} holds no picture: fill it or remove it, else it becomes a class without examples.";
        }

        var names = classes.Select(item => item.ClassName).Distinct(StringComparer.Ordinal).ToList();
        foreach (var part in classes.GroupBy(item => item.Part, StringComparer.Ordinal))
        {
            var lacking = names.Except(part.Select(item => item.ClassName), StringComparer.Ordinal).ToList();
            if (lacking.Count > 0)
            {
                yield return $"{part.Key} lacks the class{(lacking.Count == 1 ? "" : "es")} {string.Join(", ", lacking)}: classes are named alike in every part, upper and lower case distinguished.";
            }
        }
    }

    private static IEnumerable<string> Below(string root, string part) =>
        Directory.EnumerateDirectories(Path.Combine(root, part)).Select(path => Path.GetFileName(path)!).Where(name => !IsHidden(name)).Select(name => $"{part}/{name}");

    private static (IReadOnlyList<string> Files, IReadOnlyList<string> Hidden) Files(string root)
    {
        var (files, hidden, folders) = (new List<string>(), new List<string>(), new Queue<string>([""]));
        while (folders.TryDequeue(out var folder))
        {
            foreach (var entry in new DirectoryInfo(Path.Combine(root, folder)).EnumerateFileSystemInfos())
            {
                var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
                if (IsHidden(entry.Name))
                {
                    hidden.Add(entry is DirectoryInfo ? path + "/" : path);
                }
                else if (entry is not DirectoryInfo)
                {
                    files.Add(path);
                }
                else if (entry.LinkTarget is null || folder.Length == 0)
                {
                    folders.Enqueue(path);
                }
            }
        }

        return ([.. files.Order(CodePointOrder.Instance)], [.. hidden.Order(CodePointOrder.Instance)]);
    }

    private static bool IsHidden(string name) => name.StartsWith('.') || SystemNames.Contains(name);

    private static bool IsPlaced(string file, int depth, bool hasParts)
    {
        var folders = file.Split('/');
        return folders.Length > depth && (!hasParts || PartNames.ContainsKey(folders[0]));
    }

    private static int Order(string part) => PartNames.GetValueOrDefault(part) switch { "train" => 0, "val" => 1, "test" => 2, _ => 3 };
}
