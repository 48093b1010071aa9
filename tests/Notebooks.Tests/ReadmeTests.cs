using CovidNotebooks.Kernel.Session;
using Tests.Shared;

namespace Tests.Notebooks;

/// <summary>What the README says can be done.</summary>
public class ReadmeTests
{
    [Fact]
    public async Task The_five_lines_compile_after_the_setup_cells_of_notebook_05()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var lines = readme.Split("```csharp\n")[1].Split("```")[0].TrimEnd('\n');
        Assert.Equal(5, lines.Split('\n').Length);

        // Hosts make the notebook's folder the current one; the setup cell looks for the library from there.
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(Path.Combine(Repository.Root, "notebooks"));
        try
        {
            var session = new CSharpSession(new SessionOptions { WorkingDirectory = Directory.GetCurrentDirectory() });
            await Succeeds(session, CommittedNotebook.Source(CommittedNotebook.Read("05-scratch-cnn-pneumonia.ipynb").CodeCells.First()));

            // Declared, not called: it would train for a minute, on images that may not be there.
            await Succeeds(session, $"void FiveLines()\n{{\n{lines}\n}}");
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }

        static async Task Succeeds(CSharpSession session, string code)
        {
            var result = await session.RunAsync(code, _ => { });
            Assert.True(result.Status == CellStatus.Succeeded, result.Error?.Message);
        }
    }
}
