using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Protocols;

namespace CovidNotebooks.Cli.TextChecks;

/// <summary>A number of a text and where it comes from.</summary>
/// <param name="File">The file, relative to the checkout where it lies in it.</param>
/// <param name="Sentence">The sentence.</param>
/// <param name="Index">Which of its numbers.</param>
/// <param name="Finding">Its source.</param>
internal sealed record CheckedNumber(string File, Sentence Sentence, int Index, NumberFinding Finding)
{
    public NumberInText Number => Sentence.Numbers[Index];
}

/// <summary>
/// Looks for the source of every number in the prose of notebooks and Markdown files. A notebook's numbers come from its own code and
/// outputs, its document and the published runs of it; those of a Markdown file from all of these, or from those of the documents and
/// notebooks that the paragraph names, and from the files that it names.
/// </summary>
internal sealed class TextCheck
{
    private readonly Checkout checkout;
    private readonly KitSources kit;
    private readonly Lazy<IReadOnlyList<NotebookText>> notebooks;
    private readonly Dictionary<string, NumberSearch> searches = new(StringComparer.Ordinal);

    /// <summary>Reads what the kit knows.</summary>
    public TextCheck(Checkout checkout, TimeProvider clock)
    {
        this.checkout = checkout;
        kit = new KitSources(checkout, clock);
        notebooks = new Lazy<IReadOnlyList<NotebookText>>(() => Directory.Exists(checkout.Notebooks)
            ? [.. Directory.EnumerateFiles(checkout.Notebooks, "*.ipynb").Order(StringComparer.Ordinal).Select(NotebookText.Read)] : []);
    }

    /// <summary>The texts that the checkout is held to: notebooks, README.md, the Markdown of data and of its published runs.</summary>
    public static IReadOnlyList<string> Texts(Checkout checkout) =>
    [
        .. Directory.EnumerateFiles(checkout.Notebooks, "*.ipynb").Order(StringComparer.Ordinal),
        checkout.Readme,
        .. Directory.EnumerateFiles(checkout.Data, "*.md").Order(StringComparer.Ordinal),
        checkout.PublishedReadme,
    ];

    /// <summary>The numbers of a file, in their order.</summary>
    /// <param name="path">A notebook (.ipynb, .dib) or a Markdown file.</param>
    /// <exception cref="NotebookException">There is no such notebook, or it cannot be read.</exception>
    public IEnumerable<CheckedNumber> Check(string path)
    {
        var relative = Path.GetRelativePath(checkout.Root, Path.GetFullPath(path));
        var name = relative.StartsWith("..", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
        var (sentences, find) = Open(path);
        return sentences.SelectMany(sentence => sentence.Numbers.Select((_, index) =>
            new CheckedNumber(name, sentence, index, find(sentence, index))));
    }

    /// <summary>Looks for the source of a number of a sentence, as it stands in a file or changed.</summary>
    /// <param name="path">The file that it is in.</param>
    public Func<Sentence, int, NumberFinding> FinderOf(string path) => Open(path).Find;

    private (IEnumerable<Sentence> Sentences, Func<Sentence, int, NumberFinding> Find) Open(string path)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is ".ipynb" or ".dib")
        {
            var notebook = NotebookText.Read(path);
            return (notebook.Sentences, new NumberSearch(SourcesOf(notebook)).Find);
        }

        return (Prose.Of(File.ReadAllText(path), line => $"line {line}", null),
            (sentence, index) => SearchFor(sentence).Find(sentence, index));
    }

    /// <summary>A notebook of one document knows that one; one of none knows them all, and what compares them.</summary>
    private List<SourceRow> SourcesOf(NotebookText notebook) =>
        DocumentOf(notebook.Name) is { } document
            ? [.. notebook.Sources, .. kit.OfDocuments([document]), .. kit.Common]
            : [.. notebook.Sources, .. kit.OfDocuments(All), .. kit.Compared, .. kit.Common];

    private NumberSearch SearchFor(Sentence sentence)
    {
        var named = notebooks.Value.Where(notebook => sentence.Named.Any(name => name.Contains(notebook.Name, StringComparison.Ordinal)))
            .Select(notebook => notebook.Name).ToList();
        var documents = sentence.Documents.Concat(named.Select(DocumentOf).OfType<int>()).Distinct().Order().ToList();
        var files = sentence.Named.Where(name => name.EndsWith(".md", StringComparison.Ordinal)
            && File.Exists(Path.Combine(checkout.Root, name))).ToList();
        var key = string.Join(' ', [.. documents.Select(number => $"{number}"), .. named, .. files]);
        if (!searches.TryGetValue(key, out var search))
        {
            IEnumerable<NotebookText> own = documents.Count + named.Count == 0 ? notebooks.Value : notebooks.Value.Where(notebook =>
                named.Contains(notebook.Name, StringComparer.Ordinal) || (DocumentOf(notebook.Name) is { } document
                && documents.Contains(document)));
            searches[key] = search = new NumberSearch(
            [
                .. own.SelectMany(notebook => notebook.Sources.Select(row => row with { Place = $"{notebook.Name}, {row.Place}" })),
                .. kit.OfDocuments(documents.Count == 0 ? All : documents),
                .. kit.Compared,
                .. kit.Common,
                .. kit.Speeds,
                .. files.SelectMany(file => SourceRows.Of(File.ReadAllText(Path.Combine(checkout.Root, file)), file, null)),
            ]);
        }

        return search;
    }

    private static IEnumerable<int> All => Protocol.All.Select(protocol => protocol.Number);

    private static int? DocumentOf(string notebook) =>
        notebook.Length > 2 && notebook[0] == '0' && All.Contains(notebook[1] - '0') && notebook[2] == '-' ? notebook[1] - '0' : null;
}
