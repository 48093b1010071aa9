using System.Runtime.InteropServices;
using CovidNotebooks.Data.Imaging;
using SkiaSharp;

namespace Tests.Data;

/// <summary>Every form of every format that is read, against what Pillow reads or what was stored.</summary>
[Trait("Category", "Golden")]
public class GoldenPictureTests
{
    private readonly ImageFileReader reader = new(depth: Depth.FullRange);

    public static TheoryData<string> Read => [.. GoldenPictures.All.Where(picture => picture.IsRead).Select(picture => picture.File)];

    public static TheoryData<string> Refused => [.. GoldenPictures.All.Where(picture => picture.Refused).Select(picture => picture.File)];

    [Fact]
    public void Every_picture_file_is_listed_and_every_format_is_there()
    {
        Assert.Equal(
            Directory.GetFiles(GoldenPictures.Folder).Select(file => Path.GetFileName(file))
                .Where(name => Path.GetExtension(name) is not (".py" or ".json")).Order(StringComparer.Ordinal),
            GoldenPictures.All.Select(picture => picture.File).Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetValues<ImageFileFormat>().Where(format => format != ImageFileFormat.Dicom),
            GoldenPictures.All.Where(picture => picture.IsRead).Select(picture => reader.Inspect(picture.FullPath).Format).Distinct()
            .Order());
    }

    [Theory]
    [MemberData(nameof(Read))]
    public void Pixels_are_those_that_Pillow_reads(string file)
    {
        var golden = GoldenPictures.Named(file);
        var header = reader.Inspect(golden.FullPath);
        var image = reader.Read(golden.FullPath);
        Assert.Equal((golden.Width, golden.Height, golden.Width, golden.Height, 3),
            (header.Width, header.Height, image.Width, image.Height, image.Channels));
        Assert.Contains(Path.GetExtension(file), header.Endings);
        var expected = golden.Rgb ?? Narrowed(golden);
        var largest = expected.Zip(image.Pixels, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(largest <= golden.Tolerance, $"Levels differ by up to {largest}, expected at most {golden.Tolerance}.");
        if (golden.Mode is not null && !file.StartsWith("animated", StringComparison.Ordinal)
            && header.Format is not (ImageFileFormat.Bmp or ImageFileFormat.Gif))
        {
            Assert.Equal(golden.Mode, header.Mode);
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_read_is_refused_by_name_and_with_advice(string file)
    {
        var message = Assert.Throws<BadImageException>(() => reader.Inspect(GoldenPictures.Named(file).FullPath)).Message;
        Assert.Contains(file, message, StringComparison.Ordinal);
        Assert.Contains("which is not read. Expected", message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Damaged => [.. GoldenPictures.All.Where(picture => picture.Damaged).Select(picture => picture.File)];

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_strip_that_is_missing_or_ends_early_is_refused_and_not_left_black(string file)
    {
        var message = Assert.Throws<BadImageException>(() => reader.Read(GoldenPictures.Named(file).FullPath)).Message;
        Assert.Contains(file, message, StringComparison.Ordinal);
        Assert.Contains("strip", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixteen_bits_are_read_in_full_and_alpha_is_dropped()
    {
        foreach (var golden in GoldenPictures.All.Where(picture => picture.Words is not null))
        {
            var file = File.ReadAllBytes(golden.FullPath);
            reader.Decode(file, reader.Inspect(file, golden.File), golden.File, out var stored);
            var deep = stored!;
            Assert.Equal((golden.File, golden.Channels >= 3 ? 3 : 1, golden.Maximum == 0 ? 65535 : golden.Maximum),
                (golden.File, deep.Channels, deep.Maximum));
            Assert.Equal(Words(golden, deep.Channels), deep.Samples);
        }

        var eight = File.ReadAllBytes(GoldenPictures.Named("rgb-8.png").FullPath);
        reader.Decode(eight, reader.Inspect(eight, "eight"), "eight", out var none);
        Assert.Null(none);
    }

    /// <summary>
    /// A cut leaves at most what no pixel needs: the end of a film after its first frame, the last digit of a text, padding.
    /// </summary>
    [Theory]
    [MemberData(nameof(Read))]
    public void A_file_cut_anywhere_is_refused_or_lacks_no_pixel(string file)
    {
        var golden = GoldenPictures.Named(file);
        var whole = File.ReadAllBytes(golden.FullPath);
        var expected = reader.Read(golden.FullPath).Pixels;
        for (var length = 1; length < whole.Length; length++)
        {
            try
            {
                var cut = whole.AsSpan(0, length);
                var pixels = reader.Decode(cut, reader.Inspect(cut, file), file).Pixels;
                Assert.True(file.Contains("text", StringComparison.Ordinal) && whole.Length - length <= 2
                    || expected.AsSpan().SequenceEqual(pixels),
                    $"Cut after {length} of {whole.Length} bytes it is read with other pixels.");
                Assert.False(file.EndsWith(".jpg", StringComparison.Ordinal) || file.EndsWith(".png", StringComparison.Ordinal),
                    $"Cut after {length} of {whole.Length} bytes it is read.");
            }
            catch (BadImageException exception)
            {
                Assert.Contains(file, exception.Message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Why our own walk over a JPEG's markers stays: the day that this fails, it can go.</summary>
    [Fact]
    public void Skia_alone_reads_a_cut_progressive_JPEG_in_silence()
    {
        var file = File.ReadAllBytes(GoldenPictures.Named("progressive-420.jpg").FullPath)[..^100];
        using var codec = SKCodec.Create(SKData.CreateCopy(file));
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Opaque, null);
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(info, out _));
        Assert.Contains("cut off", Assert.Throws<BadImageException>(() => reader.Inspect(file, "cut")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_colour_profile_moves_no_level_and_would_if_Skia_managed_colours()
    {
        var golden = GoldenPictures.Named("gray-profile.jpg");
        using var codec = SKCodec.Create(SKData.CreateCopy(File.ReadAllBytes(golden.FullPath)));
        using var managed = SKColorSpace.CreateSrgb();
        Assert.Equal(SKCodecResult.Success,
            codec.GetPixels(new SKImageInfo(golden.Width, golden.Height, SKColorType.Rgba8888, SKAlphaType.Opaque, managed),
            out var pixels));
        Assert.NotEqual(golden.Rgb![0], pixels[0]);
        Assert.Equal(golden.Rgb, reader.Read(golden.FullPath).Pixels);
    }

    [Theory]
    [InlineData("orientation-6.jpg", "color-444.jpg")]
    [InlineData("orientation-6.tif", "color.tif")]
    public void Files_of_every_decoder_are_turned_only_when_asked(string file, string likeIt)
    {
        var golden = GoldenPictures.Named(file);
        var upright = new ImageFileReader(applyExifOrientation: true).Read(golden.FullPath);
        var stored = reader.Read(golden.FullPath);
        Assert.Equal((golden.Height, golden.Width), (upright.Width, upright.Height));

        // Orientation 6: the stored first row is the right-hand column.
        for (var i = 0; i < stored.Width; i++)
        {
            Assert.Equal(stored.Pixels.AsSpan(i * 3, 3), upright.Pixels.AsSpan((((i * upright.Width) + upright.Width - 1) * 3), 3));
        }

        Assert.Equal(reader.Read(GoldenPictures.Named(likeIt).FullPath).Pixels,
            new ImageFileReader(applyExifOrientation: true).Read(GoldenPictures.Named(likeIt).FullPath).Pixels);
    }

    [Fact]
    public void Many_threads_decode_at_once()
    {
        var pictures = GoldenPictures.All.Where(picture => picture is { Rgb: not null, Tolerance: 0 }).ToArray();
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var golden = pictures[i % pictures.Length];
            Assert.Equal(golden.Rgb, reader.Read(golden.FullPath).Pixels);
        });
    }

    private static ushort[] Words(GoldenPicture golden, int channels)
    {
        var words = MemoryMarshal.Cast<byte, ushort>(golden.Words).ToArray();
        return [.. Enumerable.Range(0, golden.Width * golden.Height)
            .SelectMany(pixel => words.Skip(pixel * golden.Channels).Take(channels))];
    }

    /// <summary>Full range to 256 levels, rounded, by the definition.</summary>
    private static byte[] Narrowed(GoldenPicture golden)
    {
        var maximum = golden.Maximum == 0 ? 65535 : golden.Maximum;
        return [.. Words(golden, golden.Channels >= 3 ? 3 : 1)
            .SelectMany(word => Enumerable.Repeat((byte)Math.Floor((word * 255.0 / maximum) + 0.5), golden.Channels >= 3 ? 1 : 3))];
    }
}
