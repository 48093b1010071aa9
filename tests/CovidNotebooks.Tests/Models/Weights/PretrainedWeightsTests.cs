using System.Security.Cryptography;
using CovidNotebooks.Data;
using CovidNotebooks.Download;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using Tests.Data;
using Tests.Download;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Models.Weights;

[Collection(SharedGenerator.Name)]
public sealed class PretrainedWeightsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private DataFolder Data => new(Path.Combine(folder.Path, "images"), "the test");

    private string Project => Path.Combine(folder.Path, "project");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Weights_are_looked_for_in_both_data_folders_and_the_answer_says_which_file()
    {
        var weights = PretrainedWeights.TorchvisionVgg16;
        MakeProject();
        var missing = weights.Find(Data, Project);
        Assert.False(missing.Found);
        Assert.Contains("there is no weights/vgg16-397923af.pth", missing.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("./kit weights get vgg16-torchvision", missing.ToPlainText(), StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, missing.ToHtml(), StringComparison.Ordinal);
        var inProject = Write(Path.Combine(Project, "data", "weights", weights.FileName), "");
        Assert.Equal(inProject, weights.Find(Data, Project).FilePath);
        var inData = Write(Path.Combine(Data.Root, "weights", weights.FileName), "");
        Assert.Equal(inData, weights.Find(Data, Project).FilePath);
    }

    [Fact]
    public void Names_and_digests_are_those_that_the_makers_publish()
    {
        Assert.All(PretrainedWeights.All.Where(weights => weights.Form == WeightsForm.Torchvision), weights =>
        {
            // torchvision puts the first eight digits of the SHA-256 into the name.
            Assert.Equal($"{weights.FileName.Split('-')[0]}-{weights.Digest}.pth", weights.FileName);
            Assert.Matches("^[0-9a-f]{8}$", weights.Digest);
            Assert.Equal("SHA-256", weights.HashAlgorithm);
        });
        Assert.All(
            PretrainedWeights.All.Where(weights => weights.Form == WeightsForm.Keras),
            weights => Assert.Matches("^[0-9a-f]{32}$", weights.Digest));
        Assert.All(PretrainedWeights.All, weights => Assert.Same(weights, PretrainedWeights.Get(weights.Name)));
        Assert.Equal(
            PretrainedWeights.All.Count,
            PretrainedWeights.All.Select(weights => weights.FileName).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(
            "resnet18-imagenet", Assert.Throws<WeightsException>(() => PretrainedWeights.Get("vgg")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trunk_is_filled_from_torchvisions_file_without_batch_counters_and_the_top_stays_out()
    {
        var weights = PretrainedWeights.TorchvisionVgg19BatchNorm;
        using var trained = Vgg.Vgg19BatchNorm(classes: 2, seed: 1);
        using var trunk = Vgg.Vgg19BatchNorm(classes: 2, seed: 2);
        var path = Path.Combine(folder.Path, weights.FileName);
        using (var scope = NewDisposeScope())
        {
            TorchFileWriter.Write(
                path,
                [
                    .. ModelState.Of(trained)
                    .Where(
                        pair =>
                            pair.Name.StartsWith("features", StringComparison.Ordinal)
                                && !pair.Name.EndsWith("tracked", StringComparison.Ordinal)),
                    ("classifier.0.weight", ones(2)),
                ]);
        }

        weights.Load(trunk.Trunk, path);
        Assert.Equal(GoldenTensors.Values(trained.parameters().First()), GoldenTensors.Values(trunk.parameters().First()));
        using var other = nn.Sequential(nn.Conv2d(3, 5, 3), nn.BatchNorm2d(5));
        var error = Assert.Throws<WeightsException>(() => weights.Load(other, path)).Message;
        Assert.Contains("as VGG19-BN, torchvision", error, StringComparison.Ordinal);
        Assert.Contains(
            "other shape or type: 0.weight is Float32 [64, 3, 3, 3], the model has Float32 [5, 3, 3, 3]", error, StringComparison.Ordinal);
        Assert.Contains("not in the model: 49.weight", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_download_is_resumed_compared_with_its_digest_and_only_then_gets_its_name()
    {
        MakeProject();
        var body = RandomNumberGenerator.GetBytes(100_000);
        using var server = new ScriptedServer(request => Answer.Of(request, body).CutAfter(40_000), request => Answer.Of(request, body));
        using var client = Downloader.NewClient();
        var store = new WeightsStore(new Downloader(client, new DownloadOptions { FirstDelay = TimeSpan.FromMilliseconds(1) }));
        var weights = PretrainedWeights.TorchvisionVgg16 with
        {
            Origin = server.Url("vgg16.pth"),
            Digest = Convert.ToHexStringLower(SHA256.HashData(body))[..8],
        };
        var path = await store.GetAsync(weights, Data, workingFolder: Project);
        Assert.Equal(Path.Combine(Data.Root, "weights", weights.FileName), path);
        Assert.Equal(body, await File.ReadAllBytesAsync(path));
        Assert.Equal(40_000, server.Requests.Last().From);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));

        // Again: it is there, and nobody is asked.
        var asked = server.Requests.Count;
        Assert.Equal(path, await store.GetAsync(weights, Data, workingFolder: Project));
        Assert.Equal(asked, server.Requests.Count);
    }

    [Fact]
    public async Task A_file_with_another_digest_is_not_taken()
    {
        MakeProject();
        using var server = new ScriptedServer(request => Answer.Of(request, "abc"u8.ToArray()));
        using var client = Downloader.NewClient();
        var store = new WeightsStore(new Downloader(client));
        var weights = PretrainedWeights.KerasVgg16 with { Origin = server.Url("vgg16.h5") };
        var error = await Assert.ThrowsAsync<WeightsException>(() => store.GetAsync(weights, Data, workingFolder: Project));
        Assert.Contains($"expected a MD5 that begins with {weights.Digest}", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(Data.Root, "weights")));

        var mine = Write(Path.Combine(folder.Path, "mine.h5"), "abc");
        Assert.Throws<WeightsException>(() => WeightsStore.Take(weights, mine, Data, Project));

        // MD5 of "abc", RFC 1321.
        var path = WeightsStore.Take(weights with { Digest = "900150983cd24fb0d6963f7d28e17f72" }, mine, Data, Project);
        Assert.Equal("abc", await File.ReadAllTextAsync(path));
        var present = await Assert.ThrowsAsync<WeightsException>(() => store.GetAsync(weights, Data, workingFolder: Project));
        Assert.Contains("Move it away", present.Message, StringComparison.Ordinal);
    }

    private void MakeProject() => Write(Path.Combine(Project, "data", "datasets.json"), "{}");

    private static string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
