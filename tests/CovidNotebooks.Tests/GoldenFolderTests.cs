using System.Text.Json;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests;

/// <summary>
/// The golden folder as a whole, whichever <c>COVIDNOTEBOOKS_GOLDEN</c> names: no file is of a kind that nobody reads, and tests/golden has
/// every kind.
/// </summary>
[Trait("Category", "Golden")]
public class GoldenFolderTests(ITestOutputHelper output)
{
    /// <summary>Folder and kind of everything that a test enumerates.</summary>
    private static readonly HashSet<string> Read = new(StringComparer.Ordinal)
    {
        " hash_vectors",
        "early_stopping doc3_running_average_stopper",
        "early_stopping keras_early_stopping",
        "extras doc4_sigmoid_ties",
        "extras preprocessing",
        "extras stratified_split",
        "gradcam grad_cam",
        "keras_affine keras_affine",
        "keras_affine keras_sample_pipeline",
        "keras_flow keras_flow_from_directory",
        "metrics metrics",
        "models model_parity",
        "optimizers lr_schedule",
        "optimizers optimizer_trajectory",
        "random_resized_crop random_resized_crop_params",
        "random_resized_crop resized_crop",
        "resize resize",
        "resize resize_binary",
        "resize resize_shorter_side",
        "training training_run",
    };

    [Theory]
    [InlineData(null, "tests/golden")]
    [InlineData("", "tests/golden")]
    [InlineData("other/golden", "other/golden")]
    [InlineData("../golden", "../golden")]
    public void A_relative_folder_starts_at_the_repository(string? named, string expected)
    {
        Assert.Equal(
            Path.GetFullPath(Path.Combine(Repository.Root, expected)),
            Repository.Named("X", name => name == "X" ? named : null, "tests/golden"));
        var absolute = Path.Combine(Path.GetTempPath(), "golden");
        Assert.Equal(absolute, Repository.Named("X", _ => absolute, "tests/golden"));
    }

    [Fact]
    public void Every_file_is_of_a_kind_that_is_read_and_what_is_lacking_is_said()
    {
        var found = Directory.EnumerateFiles(Repository.Golden, "*.json")
            .Concat(Directory.EnumerateDirectories(Repository.Golden)
                .Where(folder => Path.GetFileName(folder) != "checkpoints")
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.json")))
            .CountBy(KindOf, StringComparer.Ordinal)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ToArray();

        string[] kinds = [.. found.Select(pair => pair.Key)];
        Assert.Empty(kinds.Except(Read, StringComparer.Ordinal));

        // kit test prints these lines.
        output.WriteLine(
            $"golden: {found.Sum(pair => pair.Value)} files of {found.Length} kinds in {Repository.Golden}: "
                + $"{string.Join(", ", found.Select(pair => $"{pair.Key.Split(' ')[1]} {pair.Value}"))}");
        string[] lacking = [.. Read.Except(kinds, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (lacking.Length > 0)
        {
            output.WriteLine($"golden: not in this folder: {string.Join(", ", lacking.Select(kind => kind.Split(' ')[1]))}");
        }

        // What tests/golden lacks somebody deleted; another folder may hold a few kinds only.
        Assert.True(lacking.Length == 0 || Repository.GoldenIsNamed, string.Join(", ", lacking));
    }

    private static string KindOf(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var folder = Path.GetDirectoryName(Path.GetRelativePath(Repository.Golden, path));
        return $"{folder} {document.RootElement.GetProperty("kind").GetString()}";
    }
}
