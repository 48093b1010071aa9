using CovidNotebooks.Data;
using CovidNotebooks.Models;
using Tests.Data;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Models;

[Collection(SharedGenerator.Name)]
public sealed class PretrainedWeightsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Weights_are_looked_for_in_both_data_folders_and_the_answer_says_which_file()
    {
        var weights = PretrainedWeights.TorchvisionVgg16;
        Assert.Equal("vgg16-397923af.safetensors", weights.FileName);
        Directory.CreateDirectory(Path.Combine(folder.Path, "project", "data", "weights"));
        File.WriteAllText(Path.Combine(folder.Path, "project", "data", "datasets.json"), "{}");
        var data = new DataFolder(Path.Combine(folder.Path, "images"), "the test");
        var project = Path.Combine(folder.Path, "project");
        var missing = weights.Find(data, project);
        Assert.False(missing.Found);
        Assert.Contains("there is no weights/vgg16-397923af.safetensors", missing.ToPlainText(), StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, missing.ToHtml(), StringComparison.Ordinal);

        var inProject = Path.Combine(project, "data", "weights", weights.FileName);
        File.WriteAllText(inProject, "");
        Assert.Equal(inProject, weights.Find(data, project).FilePath);
        var inData = Path.Combine(folder.Path, "images", "weights", weights.FileName);
        Directory.CreateDirectory(Path.GetDirectoryName(inData)!);
        File.WriteAllText(inData, "");
        Assert.Equal(inData, weights.Find(data, project).FilePath);
    }

    [Fact]
    public void A_trunk_is_filled_from_a_file_with_more_in_it_and_without_batch_counters()
    {
        using var trained = Trunk(seed: 1);
        using var trunk = Trunk(seed: 2);
        Freezing.Freeze(trunk);
        var path = Path.Combine(folder.Path, "weights.safetensors");
        var weights = PretrainedWeights.TorchvisionVgg19BatchNorm;
        using (var scope = NewDisposeScope())
        {
            var state = trained.state_dict().Where(pair => !pair.Key.EndsWith("tracked", StringComparison.Ordinal)).ToDictionary(pair => "features." + pair.Key, pair => pair.Value, StringComparer.Ordinal);
            state.Add("classifier.0.weight", ones(2));
            Safetensors.Write(path, state, new Dictionary<string, string> { ["source"] = weights.SourceFile });
        }

        weights.Load(trunk, path);
        Assert.Equal(GoldenTensors.Values(trained.parameters().First()), GoldenTensors.Values(trunk.parameters().First()));
        Assert.All(trunk.parameters(), parameter => Assert.False(parameter.requires_grad));

        Assert.Contains("expected vgg16-397923af.pth", Assert.Throws<SafetensorsException>(() => PretrainedWeights.TorchvisionVgg16.Load(trunk, path)).Message, StringComparison.Ordinal);
        using var other = nn.Sequential(nn.Conv2d(3, 5, 3), nn.BatchNorm2d(5));
        Assert.Contains("does not fit this trunk", Assert.Throws<SafetensorsException>(() => weights.Load(other, path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_digest_is_invented()
    {
        Assert.All(PretrainedWeights.All, weights => Assert.Matches("^(SHA-256 begins with [0-9a-f]{8}|MD5 [0-9a-f]{32})$", weights.SourceDigest));
        Assert.All(PretrainedWeights.All, weights => Assert.EndsWith(".safetensors", weights.FileName, StringComparison.Ordinal));
        Assert.Equal(PretrainedWeights.All.Count, PretrainedWeights.All.Select(weights => weights.FileName).Distinct(StringComparer.Ordinal).Count());
    }

    private static TorchSharp.Modules.Sequential Trunk(long seed)
    {
        var trunk = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4));
        KerasInitializers.Apply(trunk, seed);
        return trunk;
    }
}
