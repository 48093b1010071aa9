using Tests.Shared;

namespace Tests.Notebooks;

/// <summary>What a reader meets in a notebook, and in which order.</summary>
/// <param name="Notebook">Its file name.</param>
/// <param name="Sections">Its second-level headings.</param>
/// <param name="ReproducesADocument">Whether it trains on images; the others read what was stored.</param>
public sealed record NotebookRecipe(string Notebook, IReadOnlyList<string> Sections, bool ReproducesADocument)
{
    private static readonly string[] Document =
    [
        "The question", "Setup", "Parameters", "The data", "Pictures", "The split", "The model", "Training as published",
        "Results as published", "What these numbers are worth", "The corrected experiment", "Looking inside", "The run, stored",
        "What to take away", "Not for diagnosis",
    ];

    private static readonly string[] Comparison =
    [
        "The question", "Setup", "Parameters", "The runs", "One table", "Published against ours", "Two runs on the same images",
        "Intervals side by side", "Learning curves", "What the audits found", "What to take away", "Not for diagnosis",
    ];

    private static readonly string[] OwnPictures =
    [
        "The question", "Setup", "Parameters", "The data", "Pictures", "The split", "A small network",
        "The same with a network from ImageNet", "What these numbers are worth", "Your own network", "Looking inside",
        "The run, stored", "New pictures", "What to take away", "Not for diagnosis",
    ];

    /// <summary>Every notebook that may stand in the notebooks folder.</summary>
    private static readonly NotebookRecipe[] All =
    [
        new("01-vgg16-xray.ipynb", Document, ReproducesADocument: true),
        new("02-scratch-cnn-ct.ipynb", Document, ReproducesADocument: true),
        new("03-vgg19bn-ct.ipynb", Document, ReproducesADocument: true),
        new("04-resnet50-xray.ipynb", Document, ReproducesADocument: true),
        new("05-scratch-cnn-pneumonia.ipynb", Document, ReproducesADocument: true),
        new("06-compare-runs.ipynb", Comparison, ReproducesADocument: false),
        new("07-your-own-pictures.ipynb", OwnPictures, ReproducesADocument: false),
    ];

    /// <summary>The recipe of a notebook.</summary>
    /// <exception cref="InvalidOperationException">The folder holds a notebook that no recipe stands for.</exception>
    public static NotebookRecipe Of(string notebook) =>
        All.FirstOrDefault(recipe => string.Equals(recipe.Notebook, notebook, StringComparison.Ordinal))
        ?? throw new InvalidOperationException(
            $"There is no recipe for notebooks/{notebook}. Known: {string.Join(", ", All.Select(recipe => recipe.Notebook))}. Add one "
                + $"to {nameof(NotebookRecipe)}.");

    /// <summary>The notebooks of the repository, by file name, for a theory's data.</summary>
    public static TheoryData<string> Committed => new(Names());

    /// <summary>Those that reproduce a document.</summary>
    public static TheoryData<string> OfDocuments => new(Names().Where(name => Of(name).ReproducesADocument));

    private static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "notebooks"), "*.ipynb").Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal);
}
