using System.Security.Cryptography;
using System.Text;
using CovidNotebooks.Data.Imaging;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Data;

/// <summary>
/// Every picture of the real sets decodes to the pixels that Pillow decodes: tests/golden-pixels/pixels.txt, which make.py there wrote.
/// </summary>
[Trait("Category", "Golden")]
public class RealPixelTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void Every_fortieth_picture_has_Pillows_pixels() => Compare(every: 40);

    [LongFact]
    public void Every_picture_has_Pillows_pixels() => Compare(every: 1);

    private void Compare(int every)
    {
        Skip.If(Repository.RealData is null, "There are no real image sets: set COVIDNOTEBOOKS_DATA.");
        var root = Repository.RealData!;
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "golden-pixels", "pixels.txt"));
        string[] names =
        [
            .. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png")
                .Select(file => Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Order(StringComparer.Ordinal),
        ];
        var listed = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(names.Select(name => name + "\n")))));
        Skip.If($"{names.Length} {listed}" != lines[1],
            $"{root} holds other files ({names.Length}) than those that Pillow read ({lines[1]}).");

        var reader = new ImageFileReader();
        var different = new bool[names.Length];
        Parallel.For(0, (names.Length + every - 1) / every, i =>
        {
            var image = reader.Read(Path.Combine(root, names[i * every]));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Encoding.ASCII.GetBytes($"{image.Width}x{image.Height}\n"));
            hash.AppendData(image.Pixels);
            different[i * every] =
                !string.Equals(Convert.ToHexStringLower(hash.GetHashAndReset())[..8], lines[2 + (i * every)], StringComparison.Ordinal);
        });
        string[] others = [.. names.Where((_, i) => different[i])];
        var read = (names.Length + every - 1) / every;
        output.WriteLine($"{read - others.Length} of {read} pictures are equal.");
        Assert.True(others.Length == 0, $"{others.Length} pictures have other pixels than Pillow's: {string.Join(", ", others.Take(20))}");
    }
}
