using System.Text.Json;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace Tests.Data;

[Trait("Category", "Golden")]
public class ResizeTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Interpolation> Names = new(StringComparer.Ordinal)
    {
        ["pil_nearest"] = Interpolation.PilNearest,
        ["pil_bilinear"] = Interpolation.PilBilinear,
        ["cv2_linear"] = Interpolation.Cv2Linear,
        ["torchvision_resize_bilinear_antialias_pil"] = Interpolation.PilBilinear,
    };

    [SkippableFact]
    public void Small_images_are_resized_bit_for_bit()
    {
        foreach (var (path, content) in GoldenFiles.OfKind("resize", "resize", output))
        {
            var input = content.GetProperty("input");
            var image = new PixelImage(input.Int("width"), input.Int("height"), input.Int("channels"), input.GetProperty("data").Bytes());
            foreach (var expected in content.GetProperty("expected").EnumerateObject())
            {
                var actual = ImageResizer.Resize(image, content.Int("output_width"), content.Int("output_height"), Names[expected.Name]);
                Assert.True(expected.Value.Bytes().AsSpan().SequenceEqual(actual.Pixels), $"{path}: {expected.Name} differs.");
            }
        }
    }

    [SkippableFact]
    public void Large_images_are_resized_bit_for_bit()
    {
        foreach (var (path, content) in GoldenFiles.OfKind("resize", "resize_binary", output))
        {
            var input = content.GetProperty("input");
            byte[] Read(JsonElement file) =>
                File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(path)!, file.GetProperty("file").GetString()!));
            var image = new PixelImage(input.Int("width"), input.Int("height"), input.Int("channels"), Read(input));
            foreach (var expected in content.GetProperty("expected_files").EnumerateObject())
            {
                var actual = ImageResizer.Resize(image, content.Int("output_width"), content.Int("output_height"), Names[expected.Name]);
                Assert.True(Read(expected.Value).AsSpan().SequenceEqual(actual.Pixels), $"{path}: {expected.Name} differs.");
            }
        }
    }

    [SkippableFact]
    public void The_shorter_side_decides_the_size()
    {
        foreach (var (path, content) in GoldenFiles.OfKind("resize", "resize_shorter_side", output))
        {
            foreach (var item in content.GetProperty("cases").EnumerateArray())
            {
                var size = ImageResizer.ShorterSideSize(item.Int("width"), item.Int("height"), item.Int("resize"));
                Assert.True(size == (item.Int("out_width"), item.Int("out_height")), $"{path}: {item} gave {size}.");
            }
        }
    }

    [Fact]
    public void The_same_size_is_the_same_image() => Prop.ForAll(
        Images(),
        image =>
            Enum.GetValues<Interpolation>()
                .All(
                    interpolation =>
                        ImageResizer.Resize(image, image.Width, image.Height, interpolation).Pixels.AsSpan().SequenceEqual(image.Pixels)))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_constant_image_stays_constant()
    {
        var sizes =
            from w in Gen.Choose(1, 40)
            from h in Gen.Choose(1, 40)
            from w2 in Gen.Choose(1, 40)
            from h2 in Gen.Choose(1, 40)
            from v in Gen.Choose(0, 255)
            select (w, h, w2, h2, v);
        Prop.ForAll(sizes.ToArbitrary(), size =>
        {
            var image = new PixelImage(size.w, size.h, 1);
            Array.Fill(image.Pixels, (byte)size.v);
            return Enum.GetValues<Interpolation>()
                .All(interpolation => ImageResizer.Resize(image, size.w2, size.h2, interpolation).Pixels.All(pixel => pixel == size.v));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Channels_do_not_mix() => Prop.ForAll(Images(), image =>
    {
        foreach (var interpolation in Enum.GetValues<Interpolation>())
        {
            var gray = ImageResizer.Resize(image, 13, 9, interpolation);
            var color = ImageResizer.Resize(image.ToRgb(), 13, 9, interpolation);
            if (!gray.ToRgb().Pixels.AsSpan().SequenceEqual(color.Pixels))
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Luma_is_Pillows_BT601()
    {
        // (100, 150, 200): 0.299 * 100 + 0.587 * 150 + 0.114 * 200 = 140.75, which Pillow rounds to 141.
        var image = new PixelImage(2, 1, 3, [100, 150, 200, 77, 77, 77]);
        Assert.Equal([141, 77], image.ToGrayscale().Pixels);
    }

    internal static Arbitrary<PixelImage> Images() => (
        from width in Gen.Choose(1, 24)
        from height in Gen.Choose(1, 24)
        from seed in Gen.Choose(0, int.MaxValue)
        select Noise(width, height, 1, seed)).ToArbitrary();

    internal static PixelImage Noise(int width, int height, int channels, long seed)
    {
        var random = new RandomStream(seed);
        var image = new PixelImage(width, height, channels);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            image.Pixels[i] = (byte)random.NextInt(256);
        }

        return image;
    }
}
