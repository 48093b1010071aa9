using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Tests.ImageSharp;

public class ErrorTests
{
    [Fact]
    public void A_missing_file_and_a_folder_are_told_apart()
    {
        var missing = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".png");
        Assert.Throws<FileNotFoundException>(() => Image.Load<Rgb24>(missing));
        Assert.Throws<FileNotFoundException>(() => Image.Identify(missing));
        Assert.Throws<UnauthorizedAccessException>(() => Image.Load<Rgb24>(Path.GetTempPath()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a text that is named like a picture")]
    [InlineData("BM and then no header of a bitmap")]
    public void What_is_no_picture_has_an_unknown_format(string text)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(text);
        Assert.Throws<UnknownImageFormatException>(() => Image.Load<Rgb24>(bytes));
        Assert.Throws<UnknownImageFormatException>(() => Image.Load(new MemoryStream(bytes)));
        Assert.Throws<UnknownImageFormatException>(() => Image.Identify(bytes));
        Assert.Throws<UnknownImageFormatException>(() => Image.DetectFormat(bytes));
        Assert.IsAssignableFrom<ImageFormatException>(Record.Exception(() => Image.Load<L8>(bytes)));
    }

    [Theory]
    [InlineData("color-420.jpg")]
    [InlineData("progressive-420.jpg")]
    public void A_JPEG_cut_in_its_scan_loads_in_silence(string file)
    {
        var golden = GoldenPictures.Named(file);
        var bytes = File.ReadAllBytes(golden.FullPath);
        var scan = bytes.AsSpan().LastIndexOf([(byte)0xFF, (byte)0xDA]);
        using var image = Image.Load<Rgb24>(bytes.AsSpan(0, scan + 14 + ((bytes.Length - scan - 14) / 2)));
        Assert.Equal((golden.Width, golden.Height), (image.Width, image.Height));
        Assert.NotEqual(golden.Rgb, DecodingTests.Bytes(image));
    }

    [Fact]
    public void A_JPEG_cut_in_its_header_is_damaged()
    {
        var bytes = File.ReadAllBytes(GoldenPictures.Named("color-420.jpg").FullPath);
        var scan = bytes.AsSpan().IndexOf([(byte)0xFF, (byte)0xDA]);
        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(bytes.AsSpan(0, 40)));
        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(bytes.AsSpan(0, scan - 10)));
        Assert.Throws<InvalidImageContentException>(() => Image.Identify(bytes.AsSpan(0, 40)));
    }

    [Fact]
    public void A_PNG_that_is_cut_or_has_a_bad_checksum_is_damaged_and_its_header_is_not()
    {
        var bytes = File.ReadAllBytes(GoldenPictures.Named("rgb-8.png").FullPath);
        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(bytes.AsSpan(0, bytes.Length / 2)));
        Assert.Equal(GoldenPictures.Named("rgb-8.png").Width, Image.Identify(bytes.AsSpan(0, bytes.Length / 2)).Width);
        var flipped = (byte[])bytes.Clone();
        flipped[bytes.Length / 2] ^= 1;
        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(flipped));
    }

    [Fact]
    public void A_PNG_without_its_end_chunk_loads()
    {
        var golden = GoldenPictures.Named("rgb-8.png");
        using var image = Image.Load<Rgb24>(File.ReadAllBytes(golden.FullPath).AsSpan()[..^12]);
        Assert.Equal(golden.Rgb, DecodingTests.Bytes(image));
    }

    [Fact]
    public void Over_the_memory_limit_a_file_is_damaged_a_new_picture_is_refused_and_a_header_is_read()
    {
        var configuration = Configuration.Default.Clone();
        configuration.MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions { AllocationLimitMegabytes = 1 });
        var options = new DecoderOptions { Configuration = configuration };
        using var large = new Image<L8>(2000, 2000, new L8(9));
        using var file = new MemoryStream();
        large.SaveAsPng(file);
        foreach (var read in new Action[] { () => Image.Load<L8>(options, file.ToArray()), () => Image.Load<Rgba32>(options, file.ToArray()) })
        {
            Assert.IsType<InvalidMemoryOperationException>(Assert.Throws<InvalidImageContentException>(read).InnerException);
        }

        Assert.Throws<InvalidMemoryOperationException>(() => new Image<L8>(configuration, 2000, 2000));
        Assert.Equal(2000, Image.Identify(options, file.ToArray()).Width);
        using var small = new Image<L8>(configuration, 1000, 1000);
        Assert.Equal(0, small[999, 999].PackedValue);
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentNullException>(() => Image.Load<Rgb24>((string)null!));
        Assert.Throws<ArgumentNullException>(() => Image.Load<Rgb24>((Stream)null!));
        Assert.Throws<NotSupportedException>(() => Image.Load<Rgb24>(new WriteOnlyStream()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image<L8>(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image<L8>(3, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Image.LoadPixelData<Rgb24>(new byte[11], 2, 2));
        using var longer = Image.LoadPixelData<Rgb24>(new byte[15], 2, 2);
        Assert.Equal(2, longer.Width);
        using var image = new Image<L8>(4, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => image[4, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => image[0, -1] = default);
        Assert.Throws<ArgumentOutOfRangeException>(() => image.CopyPixelDataTo(new byte[11]));
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Mutate(context => context.Resize(-1, 4)));
        Assert.Throws<UnknownImageFormatException>(() => image.Save(Path.Combine(Path.GetTempPath(), "picture.unknown")));
    }

    [Fact]
    public void A_disposed_picture_is_not_read()
    {
        var image = new Image<L8>(4, 3);
        image.Dispose();
        image.Dispose();
        Assert.Throws<ObjectDisposedException>(() => image[0, 0]);
        Assert.Throws<ObjectDisposedException>(() => image.Clone());
        Assert.Throws<ObjectDisposedException>(() => image.SaveAsPng(new MemoryStream()));
        Assert.Throws<ObjectDisposedException>(() => image.Mutate(context => context.Grayscale()));
    }

    private sealed class WriteOnlyStream : MemoryStream
    {
        public override bool CanRead => false;
    }
}
