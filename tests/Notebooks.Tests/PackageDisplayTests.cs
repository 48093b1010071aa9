using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Session;

namespace Tests.Notebooks;

/// <summary>A chart of Plotly.NET and a DataFrame show themselves in our kernel.</summary>
public sealed class PackageDisplayTests
{
    private readonly CSharpSession session = new(new SessionOptions { WorkingDirectory = PackageDisplays.Folder });

    [Fact]
    public async Task A_chart_is_drawn_and_a_frame_is_a_table()
    {
        await Show(PackageDisplays.Make);
        var shown = await Show(PackageDisplays.AsTheyAre);

        Assert.Equal(2, shown.Count);
        Assert.StartsWith("<div class=\"covidnotebooks-chart\"", shown[0]["text/html"], StringComparison.Ordinal);
        Assert.Contains("\"y\":[1,2,3]", shown[0]["text/html"], StringComparison.Ordinal);
        Assert.Contains("<table", shown[1]["text/html"], StringComparison.Ordinal);
        Assert.Contains("second run", shown[1]["text/html"], StringComparison.Ordinal);
        Assert.Contains("0.875", shown[1]["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Through_the_library_the_chart_needs_no_network_and_the_frame_is_a_table()
    {
        await Show(PackageDisplays.Make);
        var shown = await Show(PackageDisplays.ThroughTheLibrary);

        Assert.Equal(
            [1, 2, 3],
            JsonNode.Parse(shown[0]["application/vnd.plotly.v1+json"])!["data"]![0]!["y"]!.AsArray().Select(value => (int)value!));
        Assert.DoesNotContain("http", shown[0]["text/html"], StringComparison.Ordinal);
        Assert.Contains("<td", shown[1]["text/html"], StringComparison.Ordinal);
        Assert.Contains("second run", shown[1]["text/html"], StringComparison.Ordinal);
    }

    private async Task<List<IReadOnlyDictionary<string, string>>> Show(string code)
    {
        var shown = new List<IReadOnlyDictionary<string, string>>();
        var result = await session.RunAsync(code, put =>
        {
            if (put is ValueDisplayed { Bundle.Content: var content })
            {
                shown.Add(content);
            }
        });
        Assert.True(result.Error is null, string.Join('\n', result.Error?.Traceback ?? []));
        return shown;
    }
}
