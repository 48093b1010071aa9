using System.Net;
using System.Security.Cryptography;
using CovidNotebooks.Cli.Commands;
using CovidNotebooks.Data;
using CovidNotebooks.Download;
using CovidNotebooks.Models.Weights;
using Spectre.Console;

namespace Tests.Cli.Commands;

public sealed class WeightsCommandTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("weights-test-");
    private readonly StringWriter output = new();

    private DataFolder Data => new(folder.FullName, "the test");

    private IAnsiConsole Console =>
        AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(output),
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            });

    private PretrainedWeights Small =>
        PretrainedWeights.TorchvisionVgg16 with { Digest = Convert.ToHexStringLower(SHA256.HashData(Content))[..8] };

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void List_names_every_record_with_notebook_digest_and_licence()
    {
        Assert.Equal(0, WeightsCommand.List(Data, folder.FullName, Console));
        var text = string.Join(' ', output.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        Assert.All(PretrainedWeights.All, weights =>
        {
            Assert.Contains($"{weights.Name} not there", text, StringComparison.Ordinal);
            Assert.Contains(weights.Digest, text, StringComparison.Ordinal);
            Assert.Contains(weights.Licence, text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Get_downloads_compares_and_is_checked()
    {
        Assert.Equal(2, await Get("vgg17", PretrainedWeights.Get));
        Assert.Contains("vgg16-keras", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, WeightsCommand.Check(Data, folder.FullName, Console));
        Assert.Equal(0, await Get("vgg16-torchvision", _ => Small));
        var path = Path.Combine(folder.FullName, "weights", Small.FileName);
        Assert.Equal(Content, await File.ReadAllBytesAsync(path));
        Assert.Contains("as published", output.ToString(), StringComparison.Ordinal);

        // To the true record it is another file.
        Assert.Equal(1, WeightsCommand.Check(Data, folder.FullName, Console));
        Assert.Contains("is another file", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_ones_own_is_taken_only_when_it_is_the_published_one()
    {
        var mine = Path.Combine(folder.FullName, "mine.bin");
        await File.WriteAllBytesAsync(mine, Content);
        Assert.Equal(1, await Get("vgg16-torchvision", PretrainedWeights.Get, mine));
        Assert.Contains("is not the published", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await Get("vgg16-torchvision", _ => Small, mine + ".missing"));
        Assert.Equal(0, await Get("vgg16-torchvision", _ => Small, mine));
        Assert.True(File.Exists(Path.Combine(folder.FullName, "weights", Small.FileName)));
    }

    private async Task<int> Get(string name, Func<string, PretrainedWeights> catalogue, string? file = null)
    {
        using var client = Downloader.NewClient(new Serving());
        return await WeightsCommand.GetAsync(
            Data, name, file, new WeightsStore(new Downloader(client)), catalogue, folder.FullName, Console, CancellationToken.None);
    }

    /// <summary>Answers every request with the same bytes.</summary>
    private sealed class Serving : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Content), RequestMessage = request });
    }
}
