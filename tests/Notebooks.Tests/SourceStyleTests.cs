using Tests.Shared;

namespace Tests.Notebooks;

/// <summary>Every C# file of the repository fits on a screen's width and can be read in one go.</summary>
public sealed class SourceStyleTests
{
    private const int MostLines = 400;
    private const int MostColumns = 140;

    [Fact]
    public void No_line_of_a_source_file_is_wider_than_140_columns()
    {
        var wide = Sources().SelectMany(file => File.ReadLines(file)
            .Select((line, i) => (line.Length, Place: $"{Named(file)}:{i + 1}"))
            .Where(line => line.Length > MostColumns)
            .Select(line => $"{line.Place} has {line.Length} columns"));
        Assert.Empty(wide);
    }

    [Fact]
    public void No_source_file_has_more_than_400_lines()
    {
        var lengthy = Sources().Select(file => (Count: File.ReadLines(file).Count(), Name: Named(file)))
            .Where(file => file.Count > MostLines)
            .Select(file => $"{file.Name} has {file.Count} lines");
        Assert.Empty(lengthy);
    }

    [Fact]
    public void All_parts_of_the_repository_are_looked_at()
    {
        string[] files = [.. Sources().Select(Named)];
        Assert.Contains("lib/CovidNotebooks/Runs/Experiment.cs", files);
        Assert.Contains("tests/Notebooks.Tests/SourceStyleTests.cs", files);
        Assert.True(files.Length > 500, $"only {files.Length} C# files were found");
    }

    /// <summary>All C# files but those that a build, a tool or an environment of Python made.</summary>
    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Repository.Root, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Named(file).Split('/').SkipLast(1).Any(IsMade));

    private static bool IsMade(string folder) => folder is "artifacts" or "bin" or "obj" || folder.StartsWith('.');

    private static string Named(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
}
