using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.PixelFormats;

namespace Tests.ImageSharp;

public class DecodingTests
{
    public static TheoryData<string> Files => [.. GoldenPictures.All.Select(picture => picture.File)];

    [Fact]
    public void Every_picture_file_is_listed() => Assert.Equal(
        Directory.GetFiles(GoldenPictures.Folder).Select(file => Path.GetFileName(file)).Where(name => Path.GetExtension(name) is not (".py" or ".json")).Order(StringComparer.Ordinal),
        GoldenPictures.All.Select(picture => picture.File).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void Pixels_are_those_that_Pillow_reads(string file)
    {
        var golden = GoldenPictures.Named(file);
        if (golden.Rgb is not null)
        {
            Assert.Equal(golden.Rgb, Bytes<Rgb24>(golden));
        }

        if (golden.Gray is not null)
        {
            Assert.Equal(golden.Gray, Bytes<L8>(golden));
        }

        if (golden.Rgba is not null)
        {
            Assert.Equal(golden.Rgba, Bytes<Rgba32>(golden));
        }

        if (golden.Luminance is not null)
        {
            Assert.Equal(golden.Luminance, Bytes<L8>(golden));
        }

        if (golden.Words is not null)
        {
            Assert.Equal(golden.Words, golden.Channels switch
            {
                1 => Bytes<L16>(golden),
                2 => Bytes<La32>(golden),
                3 => Bytes<Rgb48>(golden),
                _ => Bytes<Rgba64>(golden),
            });
        }

        Assert.True(golden.Rgb is not null || golden.Words is not null, "The picture has no expectation.");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Path_stream_and_bytes_give_the_same_picture(string file)
    {
        var path = GoldenPictures.Named(file).FullPath;
        using var expected = Image.Load<Rgba32>(path);
        using var fromBytes = Image.Load<Rgba32>(File.ReadAllBytes(path));
        using var stream = File.OpenRead(path);
        using var fromStream = Image.Load<Rgba32>(stream);
        Assert.Equal(Bytes(expected), Bytes(fromBytes));
        Assert.Equal(Bytes(expected), Bytes(fromStream));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_header_says_size_and_format(string file)
    {
        var golden = GoldenPictures.Named(file);
        var info = Image.Identify(golden.FullPath);
        Assert.Equal((golden.Width, golden.Height, golden.Format), (info.Width, info.Height, info.Metadata.DecodedImageFormat!.Name));
        Assert.Equal(golden.Format, Image.DetectFormat(golden.FullPath).Name);
    }

    [Theory]
    [InlineData("gray-8.png", typeof(L8), 8)]
    [InlineData("gray-1.png", typeof(L8), 1)]
    [InlineData("gray-16.png", typeof(L16), 16)]
    [InlineData("gray-alpha-8.png", typeof(La16), 16)]
    [InlineData("rgb-8.png", typeof(Rgb24), 24)]
    [InlineData("rgb-16.png", typeof(Rgb48), 48)]
    [InlineData("rgba-8.png", typeof(Rgba32), 32)]
    [InlineData("palette-8.png", typeof(Rgba32), 8)]
    [InlineData("gray.jpg", typeof(Rgb24), 8)]
    [InlineData("color-420.jpg", typeof(Rgb24), 24)]
    [InlineData("color-24.bmp", typeof(Rgba32), 24)]
    public void Without_a_type_the_file_decides_the_pixels(string file, Type pixel, int bitsInFile)
    {
        using var image = Image.Load(GoldenPictures.Named(file).FullPath);
        Assert.Equal(typeof(Image<>).MakeGenericType(pixel), image.GetType());
        Assert.Equal(Marshal.SizeOf(pixel) * 8, image.PixelType.BitsPerPixel);
        Assert.Equal(bitsInFile, Image.Identify(GoldenPictures.Named(file).FullPath).PixelType.BitsPerPixel);
    }

    [Fact]
    public void Depths_are_scaled_not_cut()
    {
        using var wide = Image.LoadPixelData<L16>(new L16[] { new(40000), new(65535), new(0) }, 3, 1);
        using var narrow = wide.CloneAs<L8>();
        Assert.Equal([156, 255, 0], Bytes(narrow));
        using var again = narrow.CloneAs<L16>();
        Assert.Equal(156 * 257, again[0, 0].PackedValue);
        var path = GoldenPictures.Named("gray-16.png").FullPath;
        using var sixteen = Image.Load<L16>(path);
        using var eight = Image.Load<L8>(path);
        Assert.Equal(sixteen[4, 5].PackedValue / 257.0, eight[4, 5].PackedValue, tolerance: .5);
    }

    [Fact]
    public void Headers_say_quality_resolution_interlacing_and_progression()
    {
        var low = Image.Identify(GoldenPictures.Named("low-quality-dpi.jpg").FullPath).Metadata;
        Assert.Equal(10, low.GetJpegMetadata().Quality);
        Assert.Equal((300d, 150d, PixelResolutionUnit.PixelsPerInch), (low.HorizontalResolution, low.VerticalResolution, low.ResolutionUnits));
        Assert.True(Image.Identify(GoldenPictures.Named("progressive-420.jpg").FullPath).Metadata.GetJpegMetadata().Progressive);
        Assert.False(Image.Identify(GoldenPictures.Named("color-420.jpg").FullPath).Metadata.GetJpegMetadata().Progressive);
        var png = Image.Identify(GoldenPictures.Named("rgb-8-interlaced.png").FullPath).Metadata.GetPngMetadata();
        Assert.Equal((PngColorType.Rgb, PngBitDepth.Bit8, PngInterlaceMode.Adam7), (png.ColorType, png.BitDepth, png.InterlaceMethod));
        var dpi = Image.Identify(GoldenPictures.Named("filtered-rgb-dpi.png").FullPath).Metadata;
        Assert.Equal((2835d, PixelResolutionUnit.PixelsPerMeter), (dpi.HorizontalResolution, dpi.ResolutionUnits));
        Assert.Equal(96, Image.Identify(new DecoderOptions { SkipMetadata = true }, GoldenPictures.Named("filtered-rgb-dpi.png").FullPath).Metadata.HorizontalResolution);
    }

    [Fact]
    public void A_target_size_shrinks_and_keeps_the_shape()
    {
        using var wide = new Image<L8>(64, 32, new L8(77));
        using var memory = new MemoryStream();
        wide.SaveAsPng(memory);
        memory.Position = 0;
        using var small = Image.Load<L8>(new DecoderOptions { TargetSize = new Size(16, 16) }, memory);
        Assert.Equal(new Size(16, 8), small.Size);
        Assert.All(Bytes(small), value => Assert.Equal(77, value));
    }

    [Fact]
    public async Task The_async_forms_read_the_same()
    {
        var golden = GoldenPictures.Named("color-420.jpg");
        using var image = await Image.LoadAsync<Rgb24>(golden.FullPath);
        Assert.Equal(golden.Rgb, Bytes(image));
        await using var stream = File.OpenRead(golden.FullPath);
        Assert.Equal(golden.Width, (await Image.IdentifyAsync(stream)).Width);
        Assert.IsType<JpegFormat>(await Image.DetectFormatAsync(golden.FullPath));
    }

    [Fact]
    public void Many_threads_decode_at_once()
    {
        var pictures = GoldenPictures.All.Where(picture => picture.Rgb is not null).ToList();
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var golden = pictures[i % pictures.Count];
            Assert.Equal(golden.Rgb, Bytes<Rgb24>(golden));
        });
    }

    internal static byte[] Bytes<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var bytes = new byte[image.Width * image.Height * Marshal.SizeOf<TPixel>()];
        image.CopyPixelDataTo(bytes);
        return bytes;
    }

    private static byte[] Bytes<TPixel>(GoldenPicture golden)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using var image = Image.Load<TPixel>(golden.FullPath);
        Assert.Equal((golden.Width, golden.Height), (image.Width, image.Height));
        return Bytes(image);
    }
}
