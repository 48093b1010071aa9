using System.Text.Json;
using CovidNotebooks.Data.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.PixelFormats;
using Tests.Shared;
using TorchSharp;

namespace Tests.Data;

[Trait("Category", "Golden")]
public sealed class ImageFileReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ImageFileReader reader = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_content_decides_and_not_the_name()
    {
        var path = Save("jpeg-inside.png", jpeg: true);
        Assert.Equal(ImageFileFormat.Jpeg, reader.Inspect(path).Format);
        Assert.Equal((40, 30, 3), (reader.Read(path).Width, reader.Read(path).Height, reader.Read(path).Channels));
    }

    [Fact]
    public void Alpha_is_dropped_without_blending()
    {
        using var image = new Image<Rgba32>(2, 1);
        image[0, 0] = new Rgba32(200, 100, 50, 0);
        image[1, 0] = new Rgba32(1, 2, 3, 128);
        var path = In("alpha.png");
        image.SaveAsPng(path);
        Assert.Equal("RGBA", reader.Inspect(path).Mode);
        Assert.Equal([200, 100, 50, 1, 2, 3], reader.Read(path).Pixels);
    }

    [Fact]
    public void Sixteen_bits_become_eight()
    {
        using var image = new Image<L16>(2, 1);
        image[0, 0] = new L16(40000);
        image[1, 0] = new L16(65535);
        var path = In("deep.png");
        image.SaveAsPng(path);
        Assert.Equal(("I;16", 16), (reader.Inspect(path).Mode, reader.Inspect(path).BitDepth));
        Assert.Equal([156, 156, 156, 255, 255, 255], reader.Read(path).Pixels);
    }

    [Fact]
    public void Paths_with_percent_signs_and_more_than_200_characters_are_read()
    {
        var deep = Directory.CreateDirectory(Path.Combine(folder.Path, new string('d', 120), "71%0")).FullName;
        var path = Path.Combine(deep, $"{new string('n', 90)}%20%.png");
        File.Move(Save("plain.png", jpeg: false), path);
        Assert.True(path.Length > 220);
        Assert.Equal(40, reader.Read(path).Width);
    }

    [Fact]
    public void A_truncated_JPEG_is_refused_wherever_it_is_cut()
    {
        var whole = File.ReadAllBytes(Save("whole.jpg", jpeg: true));
        var path = In("cut.jpg");
        for (var length = 3; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            var message = Assert.Throws<BadImageException>(() => reader.Read(path)).Message;
            Assert.Contains(path, message, StringComparison.Ordinal);
            Assert.Contains("cut off", message, StringComparison.Ordinal);
        }

        File.WriteAllBytes(path, whole[..^1]);
        Assert.Throws<BadImageException>(() => reader.Read(path));
        File.WriteAllBytes(path, [.. whole, 1, 2, 3]);
        Assert.Equal(40, reader.Read(path).Width);
    }

    [Fact]
    public void A_truncated_PNG_is_refused_wherever_it_is_cut()
    {
        var whole = File.ReadAllBytes(Save("whole.png", jpeg: false));
        var path = In("cut.png");
        for (var length = 8; length < whole.Length; length += 11)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Contains("cut off", Assert.Throws<BadImageException>(() => reader.Read(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Empty_and_foreign_files_are_named_and_explained()
    {
        Check("empty.jpeg", [], "0 bytes");
        Check("text.jpeg", "This is not a picture."u8.ToArray(), "text that begins \"This is not a picture.\"");
        Check("gif.png", "GIF89a......"u8.ToArray(), "GIF");
        Check("tiff.png", "II*\0......"u8.ToArray(), "TIFF");
        Check("webp.png", [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBP"u8], "WebP");
        Check("pixmap.ppm", "P6 -4 4 255 "u8.ToArray(), "pixmap");
        Check("zip.png", "PK\u0003\u0004......"u8.ToArray(), "zip");
        Check("noise.png", [0xDE, 0xAD, 0xBE, 0xEF, 0, 1, 2, 3], "DEADBEEF");
        Assert.Contains(
            "no such file", Assert.Throws<BadImageException>(() => reader.Read(In("absent.png"))).Message, StringComparison.Ordinal);

        void Check(string name, byte[] content, string found)
        {
            var path = In(name);
            File.WriteAllBytes(path, content);
            var exception = Assert.Throws<BadImageException>(() => reader.Read(path));
            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
            Assert.Contains(found, exception.Message, StringComparison.Ordinal);
            Assert.Contains("xpected", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Limits_are_checked_before_anything_is_decoded()
    {
        var path = Save("large.png", jpeg: false);
        Assert.Contains(
            "bytes",
            Assert.Throws<BadImageException>(() => new ImageFileReader(new ImageLimits { MaxFileBytes = 10 }).Read(path)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "40 x 30",
            Assert.Throws<BadImageException>(() => new ImageFileReader(new ImageLimits { MaxSide = 39 }).Read(path)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "40 x 30",
            Assert.Throws<BadImageException>(() => new ImageFileReader(new ImageLimits { MaxPixels = 1199 }).Read(path)).Message,
            StringComparison.Ordinal);

        // A header that promises 2^31 pixels a side, in a file of a few bytes.
        var bytes = File.ReadAllBytes(path);
        bytes[16] = bytes[20] = 0x7F;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("limits", Assert.Throws<BadImageException>(() => reader.Inspect(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_file_promises_beyond_the_limits_is_refused_for_every_format()
    {
        var strict = new ImageFileReader(new ImageLimits { MaxPixels = 200 });
        foreach (var picture in GoldenPictures.All.Where(picture => picture.IsRead))
        {
            var file = File.ReadAllBytes(picture.FullPath);
            Assert.Contains(
                "limits", Assert.Throws<BadImageException>(() => strict.Inspect(file, picture.File)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_of_two_sizes_is_refused()
    {
        // A second frame header after the first, with another size: the limits saw the first.
        var file = File.ReadAllBytes(GoldenPictures.Named("gray.jpg").FullPath);
        var frame = file.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        byte[] twice = [.. file[..frame], .. file[frame..(frame + 2 + file[frame + 3])], .. file[frame..]];
        twice[frame + 5]++;
        Assert.Throws<BadImageException>(() => reader.Decode(twice, reader.Inspect(twice, "twice"), "twice"));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xC3 }, 8, "lossless")]
    [InlineData(new byte[] { 0xFF, 0xC1 }, 12, "12 bits")]
    public void Medical_kinds_of_JPEG_are_refused_by_name(byte[] frame, byte bits, string expected)
    {
        var file = File.ReadAllBytes(GoldenPictures.Named("gray.jpg").FullPath);
        var at = file.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        (file[at + 1], file[at + 4]) = (frame[1], bits);
        Assert.Contains(
            expected, Assert.Throws<BadImageException>(() => reader.Inspect(file, "medical")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Skia_and_libtorch_live_in_one_process()
    {
        var pictures = GoldenPictures.All.Where(picture => picture is { Rgb: not null, Tolerance: 0 }).ToArray();
        using var scope = torch.NewDisposeScope();
        var ones = torch.ones(64, 64);
        Parallel.For(0, 64, i =>
        {
            var picture = pictures[i % pictures.Length];
            Assert.Equal(picture.Rgb, reader.Read(picture.FullPath).Pixels);
            using var product = ones.matmul(ones);
            Assert.Equal(64, product[0, 0].item<float>());
        });
    }

    [Fact]
    public void Pixels_are_those_that_Pillow_reads()
    {
        using var golden = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "CovidNotebooks.Tests", "Data", "Golden", "image_reader.json")));
        var cases = golden.RootElement.GetProperty("cases").EnumerateArray().ToArray();
        Assert.NotEmpty(cases);
        foreach (var item in cases)
        {
            var name = item.GetProperty("name").GetString()!;
            var file = item.GetProperty("file_base64").GetBytesFromBase64();
            var header = reader.Inspect(file, name);
            var image = reader.Decode(file, header, name);
            Assert.Equal((name, item.Int("width"), item.Int("height")), (name, image.Width, image.Height));
            Assert.Equal((image.Width, image.Height), (header.Width, header.Height));
            Assert.Equal((name, Convert.ToHexString(item.GetProperty("rgb").Bytes())), (name, Convert.ToHexString(image.Pixels)));
            Assert.Equal(
                (name, Convert.ToHexString(item.GetProperty("gray").Bytes())), (name, Convert.ToHexString(image.ToGrayscale().Pixels)));
            if (header.Format is ImageFileFormat.Png or ImageFileFormat.Jpeg)
            {
                Assert.Equal((name, item.GetProperty("mode").GetString()), (name, header.Mode));
            }
        }
    }

    [Fact]
    public void The_EXIF_orientation_is_applied_only_when_asked()
    {
        using var golden = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "CovidNotebooks.Tests", "Data", "Golden", "image_reader.json")));
        var turned = golden.RootElement.GetProperty("cases").EnumerateArray()
            .Single(item => item.GetProperty("name").GetString()!.Contains("orientation", StringComparison.Ordinal));
        var path = In("turned.jpg");
        File.WriteAllBytes(path, turned.GetProperty("file_base64").GetBytesFromBase64());
        var asStored = reader.Read(path);
        var upright = new ImageFileReader(applyExifOrientation: true).Read(path);
        Assert.Equal((31, 24), (asStored.Width, asStored.Height));
        Assert.Equal((24, 31), (upright.Width, upright.Height));

        // Orientation 6: the stored first row is the right-hand column of the upright picture.
        Assert.Equal(asStored.Pixels[..3], upright.Pixels[(23 * 3)..(24 * 3)]);
    }

    [Fact]
    public void A_picture_that_Keras_reads_from_a_bitmap_is_read()
    {
        var path = Path.Combine(Repository.Root, "tests", "golden", "keras_flow", "tree_a", "Covid", "x.bmp");
        Assert.Equal((6, 5, 3), (reader.Read(path).Width, reader.Read(path).Height, reader.Read(path).Channels));
    }

    [Fact]
    public void A_portable_pixmap_is_read()
    {
        var path = In("a.ppm");
        File.WriteAllBytes(path, [.. "P6 # comment\n2 1\n255\n"u8, 1, 2, 3, 4, 5, 6]);
        Assert.Equal([1, 2, 3, 4, 5, 6], reader.Read(path).Pixels);
    }

    private string In(string name) => Path.Combine(folder.Path, name);

    private string Save(string name, bool jpeg)
    {
        using var image = Image.LoadPixelData<Rgb24>(ResizeTests.Noise(40, 30, 3, 1).Pixels, 40, 30);
        var path = In(name);
        if (jpeg)
        {
            using var stream = File.Create(path);
            image.SaveAsJpeg(stream, new JpegEncoder { Quality = 90 });
        }
        else
        {
            using var stream = File.Create(path);
            image.SaveAsPng(stream);
        }

        return path;
    }
}
