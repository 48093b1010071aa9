using System.Text.Json;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests;

/// <summary>
/// The golden folder as a whole, whichever <c>COVIDNOTEBOOKS_GOLDEN</c> names: every kind that the tests read is there, and no file is of a kind that nobody reads.
/// </summary>
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
        Assert.Equal(Path.GetFullPath(Path.Combine(Repository.Root, expected)), Repository.Named("X", name => name == "X" ? named : null, "tests/golden"));
        var absolute = Path.Combine(Path.GetTempPath(), "golden");
        Assert.Equal(absolute, Repository.Named("X", _ => absolute, "tests/golden"));
    }

    [Fact]
    public void Every_kind_has_files_and_every_file_is_read()
    {
        var found = Directory.EnumerateFiles(Repository.Golden, "*.json")
            .Concat(Directory.EnumerateDirectories(Repository.Golden)
                .Where(folder => Path.GetFileName(folder) != "checkpoints")
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.json")))
            .CountBy(KindOf, StringComparer.Ordinal)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ToArray();

        // kit test prints this line.
        output.WriteLine($"golden: {found.Sum(pair => pair.Value)} files of {found.Length} kinds in {Repository.Golden}: {string.Join(", ", found.Select(pair => $"{pair.Key.Split(' ')[1]} {pair.Value}"))}");
        Assert.Equal(Read.Order(StringComparer.Ordinal), found.Select(pair => pair.Key));
    }

    private static string KindOf(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var folder = Path.GetDirectoryName(Path.GetRelativePath(Repository.Golden, path));
        return $"{folder} {document.RootElement.GetProperty("kind").GetString()}";
    }
}
