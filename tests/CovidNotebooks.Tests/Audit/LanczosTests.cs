using System.Text.Json;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Audit;

[Trait("Category", "Golden")]
public class LanczosTests(ITestOutputHelper output)
{
    [Fact]
    public void Resizing_is_Pillows_to_the_bit()
    {
        var golden = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "golden-probes", "lanczos.json"))).RootElement;
        var cases = golden.GetProperty("cases").EnumerateArray().ToArray();
        output.WriteLine($"{cases.Length} images resized by Pillow {golden.GetProperty("pillow")}");
        Assert.True(cases.Length >= 8);
        foreach (var given in cases)
        {
            int Int(string name) => given.GetProperty(name).GetInt32();
            byte[] Bytes(string name) => [.. given.GetProperty(name).EnumerateArray().Select(value => value.GetByte())];
            var resized = ImageResizer.Resize(
                new PixelImage(Int("width"), Int("height"), Int("channels"), Bytes("pixels")),
                Int("to_width"),
                Int("to_height"),
                Interpolation.PilLanczos);
            Assert.Equal(Bytes("expected"), resized.Pixels);
        }
    }
}
