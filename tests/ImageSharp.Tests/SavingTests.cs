using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace Tests.ImageSharp;

public class SavingTests
{
    [Fact]
    public void PNG_gives_back_every_pixel_type()
    {
        RoundTrip(new L8(3), new L8(250));
        RoundTrip(new L16(3), new L16(65000));
        RoundTrip(new La16(3, 4), new La16(200, 100));
        RoundTrip(new Rgb24(1, 2, 3), new Rgb24(250, 0, 9));
        RoundTrip(new Rgb48(1, 2, 300), new Rgb48(65000, 0, 9));
        RoundTrip(new Rgba32(1, 2, 3, 4), new Rgba32(250, 0, 9, 255));
        RoundTrip(new Rgba64(1, 2, 3, 4), new Rgba64(65000, 0, 9, 65535));
    }

    [Theory]
    [InlineData(PngColorType.Grayscale, PngBitDepth.Bit16)]
    [InlineData(PngColorType.RgbWithAlpha, PngBitDepth.Bit8)]
    public void An_encoder_decides_channels_and_depth(PngColorType color, PngBitDepth depth)
    {
        using var image = new Image<Rgb24>(3, 2, new Rgb24(10, 10, 10));
        using var file = new MemoryStream();
        image.SaveAsPng(file, new PngEncoder { ColorType = color, BitDepth = depth, InterlaceMethod = PngInterlaceMode.Adam7, CompressionLevel = PngCompressionLevel.BestCompression });
        var png = Image.Identify(file.ToArray()).Metadata.GetPngMetadata();
        Assert.Equal((color, depth, PngInterlaceMode.Adam7), (png.ColorType, png.BitDepth, png.InterlaceMethod));
        using var again = Image.Load<Rgb24>(file.ToArray());
        Assert.Equal(DecodingTests.Bytes(image), DecodingTests.Bytes(again));
    }

    [Fact]
    public void JPEG_keeps_the_picture_nearly_and_gray_as_gray()
    {
        using var color = Image.Load<Rgb24>(GoldenPictures.Named("color-444.jpg").FullPath);
        using var file = new MemoryStream();
        color.SaveAsJpeg(file, new JpegEncoder { Quality = 98, ColorType = JpegEncodingColor.YCbCrRatio444 });
        using var again = Image.Load<Rgb24>(file.ToArray());
        var differences = DecodingTests.Bytes(color).Zip(DecodingTests.Bytes(again), (a, b) => Math.Abs(a - b)).ToList();
        Assert.True(differences.Average() < 2 && differences.Max() < 16, $"mean {differences.Average()}, largest {differences.Max()}");
        using var gray = new Image<L8>(8, 8, new L8(90));
        file.SetLength(0);
        gray.SaveAsJpeg(file);
        var info = Image.Identify(file.ToArray());
        Assert.Equal((8, 75), (info.PixelType.BitsPerPixel, info.Metadata.GetJpegMetadata().Quality));
        Assert.Throws<ArgumentException>(() => new JpegEncoder { Quality = 0 });
    }

    [Fact]
    public void The_extension_chooses_the_format_and_equal_pictures_make_equal_files()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            using var image = Image.Load<Rgb24>(GoldenPictures.Named("rgb-8.png").FullPath);
            foreach (var (name, format) in new[] { ("a.png", "PNG"), ("a.jpeg", "JPEG"), ("a.bmp", "BMP") })
            {
                var path = Path.Combine(folder.FullName, name);
                image.Save(path);
                Assert.Equal(format, Image.DetectFormat(path).Name);
                var first = File.ReadAllBytes(path);
                image.Save(path);
                Assert.Equal(first, File.ReadAllBytes(path));
            }

            using var bitmap = Image.Load<Rgb24>(Path.Combine(folder.FullName, "a.bmp"));
            Assert.Equal(DecodingTests.Bytes(image), DecodingTests.Bytes(bitmap));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Base64_is_a_whole_data_URI()
    {
        using var image = new Image<L8>(2, 2, new L8(7));
        var uri = image.ToBase64String(PngFormat.Instance);
        Assert.StartsWith("data:image/png;base64,", uri, StringComparison.Ordinal);
        using var again = Image.Load<L8>(Convert.FromBase64String(uri.Split(',')[1]));
        Assert.Equal(7, again[1, 1].PackedValue);
    }

    [Fact]
    public void Rows_are_read_and_written_in_place()
    {
        using var image = new Image<Rgb24>(3, 2);
        using var sums = new Image<L16>(3, 2);
        image.ProcessPixelRows(rows =>
        {
            for (var y = 0; y < rows.Height; y++)
            {
                rows.GetRowSpan(y)[y] = new Rgb24(1, 2, (byte)(3 + y));
            }
        });
        image.ProcessPixelRows(sums, (from, to) => to.GetRowSpan(1)[2] = new L16(from.GetRowSpan(1)[1].B));
        Assert.Equal(new Rgb24(1, 2, 4), image[1, 1]);
        Assert.Equal(4, sums[2, 1].PackedValue);
        Assert.True(image.DangerousTryGetSinglePixelMemory(out var memory));
        Assert.Equal(image[0, 0], memory.Span[0]);
        Assert.Equal((1, image[1, 1]), (image.Frames.Count, image.Frames.RootFrame[1, 1]));
        var shared = new Rgb24[6];
        using var wrapped = Image.WrapMemory<Rgb24>(shared, 3, 2);
        wrapped[2, 1] = new Rgb24(9, 9, 9);
        Assert.Equal(new Rgb24(9, 9, 9), shared[5]);
    }

    private static void RoundTrip<TPixel>(TPixel first, TPixel second)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using var image = new Image<TPixel>(5, 4, first);
        (image[1, 2], image[4, 3]) = (second, second);
        using var file = new MemoryStream();
        image.SaveAsPng(file);
        using var again = Assert.IsType<Image<TPixel>>(Image.Load(file.ToArray()));
        Assert.Equal(DecodingTests.Bytes(image), DecodingTests.Bytes(again));
    }
}
