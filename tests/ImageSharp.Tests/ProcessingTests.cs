using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace Tests.ImageSharp;

public class ProcessingTests
{
    [Fact]
    public void Gray_is_BT709_unless_BT601_is_asked_for()
    {
        using var color = new Image<Rgb24>(1, 1, new Rgb24(100, 150, 200));
        using var luminance = color.CloneAs<L8>();
        using var gray = color.Clone(context => context.Grayscale());
        using var old = color.Clone(context => context.Grayscale(GrayscaleMode.Bt601));
        Assert.Equal(143, luminance[0, 0].PackedValue);
        Assert.Equal(new Rgb24(143, 143, 143), gray[0, 0]);
        Assert.Equal(new Rgb24(141, 141, 141), old[0, 0]);
        Assert.Equal(new Rgb24(100, 150, 200), color[0, 0]);
    }

    [Fact]
    public void Turns_and_flips_move_each_pixel_to_its_place()
    {
        Assert.Equal("abc/def", Turned(context => context.Rotate(RotateMode.None)));
        Assert.Equal("da/eb/fc", Turned(context => context.Rotate(RotateMode.Rotate90)));
        Assert.Equal("fed/cba", Turned(context => context.Rotate(RotateMode.Rotate180)));
        Assert.Equal("cf/be/ad", Turned(context => context.Rotate(RotateMode.Rotate270)));
        Assert.Equal("cba/fed", Turned(context => context.Flip(FlipMode.Horizontal)));
        Assert.Equal("def/abc", Turned(context => context.Flip(FlipMode.Vertical)));
        Assert.Equal("bc", Turned(context => context.Crop(new Rectangle(1, 0, 2, 1))));
        Assert.Equal(".../abc/def/...", Turned(context => context.Pad(2, 4, Color.FromPixel(new L8((byte)'.')))));
    }

    [Theory]
    [InlineData(1, "abc/def")]
    [InlineData(2, "cba/fed")]
    [InlineData(3, "fed/cba")]
    [InlineData(4, "def/abc")]
    [InlineData(5, "ad/be/cf")]
    [InlineData(6, "da/eb/fc")]
    [InlineData(7, "fc/eb/da")]
    [InlineData(8, "cf/be/ad")]
    public void AutoOrient_applies_the_EXIF_orientation(int orientation, string expected)
    {
        using var image = Letters();
        image.Metadata.ExifProfile = new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)orientation);
        image.Mutate(context => context.AutoOrient());
        Assert.Equal(expected, Text(image));
        Assert.True(image.Metadata.ExifProfile.TryGetValue(ExifTag.Orientation, out var now));
        Assert.Equal(ExifOrientationMode.TopLeft, now!.Value);
    }

    [Theory]
    [InlineData("orientation-6.jpg", 6, true)]
    [InlineData("orientation-3.png", 3, false)]
    public void A_file_is_turned_only_on_request(string file, int orientation, bool onItsSide)
    {
        var golden = GoldenPictures.Named(file);
        using var image = Image.Load<Rgb24>(golden.FullPath);
        Assert.Equal(golden.Rgb, DecodingTests.Bytes(image));
        Assert.True(image.Metadata.ExifProfile!.TryGetValue(ExifTag.Orientation, out var found));
        Assert.Equal(orientation, found!.Value);
        var corner = image[0, 0];
        image.Mutate(context => context.AutoOrient());
        Assert.Equal(onItsSide ? (golden.Height, golden.Width) : (golden.Width, golden.Height), (image.Width, image.Height));
        Assert.Equal(corner, onItsSide ? image[image.Width - 1, 0] : image[image.Width - 1, image.Height - 1]);
    }

    [Fact]
    public void EXIF_texts_are_read()
    {
        var exif = Image.Identify(GoldenPictures.Named("orientation-6.jpg").FullPath).Metadata.ExifProfile!;
        Assert.True(exif.TryGetValue(ExifTag.Software, out var software));
        Assert.Equal("make.py", software!.Value);
        Assert.Null(Image.Identify(GoldenPictures.Named("color-420.jpg").FullPath).Metadata.ExifProfile);
    }

    [Fact]
    public void Resizing_by_hand()
    {
        Assert.Equal([10, 10, 20, 20], Row(KnownResamplers.NearestNeighbor, 4, 10, 20));
        Assert.Equal([20, 60], Row(KnownResamplers.Box, 2, 10, 30, 50, 70));
        Assert.Equal([10, 20, 40, 50], Row(KnownResamplers.Triangle, 4, 10, 50));

        // Halving by a triangle widened to two: weights 1, 3, 3, 1, of which the border leaves 3, 3, 1: (3 x 0 + 3 x 30 + 60) / 7.
        Assert.Equal([21, 69], Row(KnownResamplers.Triangle, 2, 0, 30, 60, 90));
    }

    [Fact]
    public void Every_kernel_leaves_a_flat_picture_flat()
    {
        foreach (var kernel in new[] { KnownResamplers.Bicubic, KnownResamplers.Box, KnownResamplers.Triangle, KnownResamplers.NearestNeighbor, KnownResamplers.Lanczos3, KnownResamplers.CatmullRom })
        {
            foreach (var size in new[] { (3, 5), (40, 31), (13, 13) })
            {
                using var image = new Image<Rgb24>(13, 11, new Rgb24(17, 140, 255));
                image.Mutate(context => context.Resize(size.Item1, size.Item2, kernel));
                Assert.Equal(size, (image.Width, image.Height));
                Assert.All(Pixels(image), pixel => Assert.Equal(new Rgb24(17, 140, 255), pixel));
            }
        }
    }

    [Theory]
    [InlineData(ResizeMode.Stretch, 20, 20)]
    [InlineData(ResizeMode.Max, 20, 10)]
    [InlineData(ResizeMode.Min, 40, 20)]
    [InlineData(ResizeMode.Crop, 20, 20)]
    [InlineData(ResizeMode.Pad, 20, 20)]
    public void Modes_of_resizing(ResizeMode mode, int width, int height)
    {
        using var image = new Image<L8>(60, 30, new L8(200));
        image.Mutate(context => context.Resize(new ResizeOptions { Size = new Size(20, 20), Mode = mode, PadColor = Color.Black }));
        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal(mode == ResizeMode.Pad ? 0 : 200, image[0, 0].PackedValue);
        Assert.Equal(200, image[width / 2, height / 2].PackedValue);
    }

    [Fact]
    public void A_zero_side_keeps_the_shape()
    {
        using var image = new Image<L8>(60, 30);
        image.Mutate(context => context.Resize(0, 10));
        Assert.Equal(new Size(20, 10), image.Size);
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Mutate(context => context.Resize(0, 0)));
    }

    private static byte[] Row(SixLabors.ImageSharp.Processing.Processors.Transforms.IResampler kernel, int width, params byte[] values)
    {
        using var image = Image.LoadPixelData<L8>(values, values.Length, 1);
        image.Mutate(context => context.Resize(width, 1, kernel));
        return DecodingTests.Bytes(image);
    }

    private static string Turned(Action<IImageProcessingContext> operation)
    {
        using var image = Letters();
        image.Mutate(operation);
        return Text(image);
    }

    private static Image<L8> Letters() => Image.LoadPixelData<L8>("abcdef"u8, 3, 2);

    private static string Text(Image<L8> image) =>
        string.Join('/', Enumerable.Range(0, image.Height).Select(y => string.Concat(Enumerable.Range(0, image.Width).Select(x => (char)image[x, y].PackedValue))));

    private static IEnumerable<TPixel> Pixels<TPixel>(Image<TPixel> image)
        where TPixel : unmanaged, IPixel<TPixel> =>
        Enumerable.Range(0, image.Width * image.Height).Select(i => image[i % image.Width, i / image.Width]).ToList();
}
