using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Pbm;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.Metadata;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;

namespace CovidNotebooks.Data.Imaging;

/// <summary>
/// TIFF, portable pixmaps and PNG of 16 bits by ImageSharp, one decoder for each and no other: Skia reads none of them, or cuts 16 bits to
/// 8.
/// </summary>
internal static class ImageSharpDecoder
{
    // Three 16-bit samples of the most pixels that the default limits let through are 512 MB.
    private static readonly Configuration Bounded =
        new() { MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions { AllocationLimitMegabytes = 1024 }) };

    /// <summary>The first page as RGB of 8 bits, and its orientation (1 to 8).</summary>
    public static (PixelImage Image, int Orientation) Decode(ReadOnlySpan<byte> file, ImageHeader header)
    {
        using var image = Load<Rgb24>(file, header);
        var result = new PixelImage(image.Width, image.Height, 3);
        image.CopyPixelDataTo(MemoryMarshal.Cast<byte, Rgb24>(result.Pixels.AsSpan()));
        return (result, Orientation(image));
    }

    /// <summary>The first page in its own 16 bits, and its orientation (1 to 8).</summary>
    public static (DeepImage Image, int Orientation) DecodeDeep(ReadOnlySpan<byte> file, ImageHeader header)
    {
        if (header.Format == ImageFileFormat.Pnm)
        {
            // ImageSharp 2.1 takes the two bytes of a sample in the wrong order.
            var structure = PnmStructure.Read(file)!;
            var bytes = file.Slice(structure.Data, header.Width * header.Height * structure.Channels * 2);
            var words = MemoryMarshal.Cast<byte, ushort>(bytes).ToArray();
            BinaryPrimitives.ReverseEndianness(words, words);
            return (new DeepImage(header.Width, header.Height, structure.Channels, words, structure.Maximum), 1);
        }

        if (header.Mode is "I;16" or "LA")
        {
            using var image = Load<L16>(file, header);
            var samples = new ushort[image.Width * image.Height];
            image.CopyPixelDataTo(MemoryMarshal.Cast<ushort, L16>(samples.AsSpan()));
            var maximum = (1 << header.BitDepth) - 1;
            if (maximum < ushort.MaxValue)
            {
                // ImageSharp stretches 10, 12 and 14 bits to 16; the file's own values come back exactly, for they lie 4 or more apart.
                foreach (ref var sample in samples.AsSpan())
                {
                    sample = (ushort)(((sample * maximum) + (ushort.MaxValue / 2)) / ushort.MaxValue);
                }
            }

            return (new DeepImage(image.Width, image.Height, 1, samples, maximum), Orientation(image));
        }

        using var color = Load<Rgb48>(file, header);
        var triples = new ushort[color.Width * color.Height * 3];
        color.CopyPixelDataTo(MemoryMarshal.Cast<ushort, Rgb48>(triples.AsSpan()));
        return (new DeepImage(color.Width, color.Height, 3, triples), Orientation(color));
    }

    /// <summary>The picture turned and mirrored so that it stands upright.</summary>
    /// <param name="image">Three channels.</param>
    /// <param name="orientation">As EXIF counts: 1 is upright already.</param>
    public static PixelImage Upright(PixelImage image, int orientation)
    {
        if (orientation is < 2 or > 8)
        {
            return image;
        }

        using var turned = Image.LoadPixelData<Rgb24>(image.Pixels, image.Width, image.Height);
        turned.Metadata.ExifProfile = new ExifProfile();
        turned.Metadata.ExifProfile.SetValue(ExifTag.Orientation, (ushort)orientation);
        turned.Mutate(context => context.AutoOrient());
        var result = new PixelImage(turned.Width, turned.Height, 3);
        turned.CopyPixelDataTo(MemoryMarshal.Cast<byte, Rgb24>(result.Pixels.AsSpan()));
        return result;
    }

    private static Image<TPixel> Load<TPixel>(ReadOnlySpan<byte> file, ImageHeader header)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        if (header.Format == ImageFileFormat.Tiff && !TiffStructure.StripsAreWhole(file))
        {
            throw new InvalidImageContentException("a strip ends before its last row");
        }

        IImageDecoder decoder = header.Format switch
        {
            ImageFileFormat.Tiff => new TiffDecoder { DecodingMode = FrameDecodingMode.First },
            ImageFileFormat.Pnm => new PbmDecoder(),
            _ => new PngDecoder(),
        };
        var image = Image.Load<TPixel>(Bounded, file, decoder);
        if (image.Width == header.Width && image.Height == header.Height)
        {
            return image;
        }

        image.Dispose();
        throw new InvalidImageContentException($"it has two headers, of {header.Width} x {header.Height} and of "
            + $"{image.Width} x {image.Height} pixels");
    }

    private static int Orientation(Image image) =>
        (image.Metadata.ExifProfile ?? image.Frames.RootFrame.Metadata.ExifProfile)?.GetValue(ExifTag.Orientation)?.Value ?? 1;
}
