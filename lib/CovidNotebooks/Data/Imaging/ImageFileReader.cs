using System.Globalization;

namespace CovidNotebooks.Data.Imaging;

/// <summary>
/// Reads image files by their content, whatever their names say: alpha is dropped without blending, palettes are resolved, more than 8 bits
/// become grey levels
/// by a rule, no colour profile is applied, and nothing is turned by EXIF unless asked.
/// </summary>
/// <remarks>
/// JPEG, PNG, BMP, GIF and WebP are decoded by Skia, with the pixels that Pillow gives (in the tests, for every picture of the real sets; a
/// bitmap of 16 bits a
/// pixel differs by one level, and a transparent pixel of a GIF is black). TIFF, portable pixmaps and PNG of 16 bits are decoded by
/// ImageSharp, DICOM by our own reader; Pillow's own
/// <c>convert("RGB")</c> clips 16 bits at 255, which is never wanted. The first frame or page counts.
/// <para>Refused, with an error that names the file: missing, empty, foreign or damaged files, files that stop before their end (a JPEG
/// decoder would fill
/// the rest with grey in silence), and files beyond the limits, which are checked on the header before anything is decoded.</para>
/// </remarks>
/// <param name="limits">What a file may cost at most; by default <see cref="ImageLimits.Default"/>.</param>
/// <param name="applyExifOrientation">Turn the picture as its EXIF orientation says. Default false.</param>
/// <param name="depth">How more than 8 bits become grey levels; by default <see cref="Depth.BitsUsed"/>.</param>
public sealed class ImageFileReader(ImageLimits? limits = null, bool applyExifOrientation = false, Depth? depth = null)
{
    private readonly ImageLimits limits = limits ?? ImageLimits.Default;
    private readonly Depth depth = depth ?? Depth.BitsUsed;

    /// <summary>Decodes a file to three channels.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The picture as RGB; a grey one has three equal channels.</returns>
    /// <exception cref="BadImageException">The file is missing, not an image, damaged, cut off or too large.</exception>
    public PixelImage Read(string path) => Read(path, out _);

    /// <summary>Decodes a file to three channels, and tells by which range more than 8 bits became grey levels.</summary>
    /// <param name="path">The file.</param>
    /// <param name="range">The range in words, the same for all files with the same one; null for a file of 8 bits or fewer that is no
    /// DICOM file.</param>
    /// <exception cref="BadImageException">The file is missing, not an image, damaged, cut off or too large.</exception>
    public PixelImage Read(string path, out string? range)
    {
        var file = ReadBytes(path);
        return Decode(file, Inspect(file, path), path, out range, out _);
    }

    /// <summary>
    /// Reads what a file says of itself, and checks that it is whole and within the limits, without decoding it. (That a GIF, a BMP or the
    /// middle of any file lacks
    /// pixels is found on decoding.)
    /// </summary>
    /// <exception cref="BadImageException">The file is missing, not an image, cut off or too large.</exception>
    public ImageHeader Inspect(string path) => Inspect(ReadBytes(path), path);

    /// <summary>The header of a file's bytes, checked against the limits.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <exception cref="BadImageException">Not an image, cut off or too large.</exception>
    public ImageHeader Inspect(ReadOnlySpan<byte> file, string path)
    {
        var (header, found, advice) = ImageStructure.Read(file);
        if (header is null)
        {
            throw new BadImageException(path, found, advice);
        }

        if (header.Width < 1 || header.Height < 1)
        {
            throw new BadImageException(path, $"the header gives a size of {header.Width} x {header.Height} pixels.",
                "Expected at least one pixel. Remove the file, or get it again.");
        }

        if (header.Width > limits.MaxSide || header.Height > limits.MaxSide
            || (long)header.Width * header.Height > Math.Min(limits.MaxPixels, ImageLimits.MostPixels))
        {
            throw new BadImageException(
                path,
                string.Create(CultureInfo.InvariantCulture, $"the header gives a size of {header.Width:N0} x {header.Height:N0} pixels."),
                string.Create(CultureInfo.InvariantCulture,
                    $"The limits are {limits.MaxSide:N0} pixels a side and {limits.MaxPixels:N0} in all. Make the picture smaller, or "
                        + $"raise the limits (ImageLimits) if you trust the file."));
        }

        return header;
    }

    /// <summary>Decodes a file's bytes to three channels.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">What <see cref="Inspect(ReadOnlySpan{byte}, string)"/> found.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <exception cref="BadImageException">The decoder finds the content damaged.</exception>
    public PixelImage Decode(ReadOnlySpan<byte> file, ImageHeader header, string path) =>
        Decode(file, header, path, out _, out _);

    /// <summary>Decodes a file's bytes to three channels, and keeps the samples that these were made of.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">What <see cref="Inspect(ReadOnlySpan{byte}, string)"/> found.</param>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="stored">The samples of a file of more than 8 bits or of DICOM, as stored and not turned; null for the others.</param>
    /// <exception cref="BadImageException">The decoder finds the content damaged.</exception>
    public PixelImage Decode(ReadOnlySpan<byte> file, ImageHeader header, string path, out DeepImage? stored) =>
        Decode(file, header, path, out _, out stored);

    private PixelImage Decode(ReadOnlySpan<byte> file, ImageHeader header, string path, out string? range, out DeepImage? stored)
    {
        ArgumentNullException.ThrowIfNull(header);
        (range, stored) = (null, null);
        PixelImage image;
        int orientation;
        if (header.IsDeep)
        {
            (stored, orientation) = DecodeStored(file, header, path);
            (var black, var white, range) = depth.RangeOf(stored);
            image = stored.ToLevels(black, white).ToRgb();
        }
        else
        {
            (image, orientation) = header.Format is ImageFileFormat.Tiff or ImageFileFormat.Pnm
                ? Guarded(file, header, path, ImageSharpDecoder.Decode)
                : SkiaDecoder.Decode(file, header, path);
        }

        return applyExifOrientation ? ImageSharpDecoder.Upright(image, orientation) : image;
    }

    /// <summary>The bytes of a file that is not larger than the limit.</summary>
    /// <exception cref="BadImageException">The file is missing, unreadable or too large.</exception>
    public byte[] ReadBytes(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var length = new FileInfo(path).Length;
            if (length > limits.MaxFileBytes)
            {
                throw new BadImageException(
                    path,
                    string.Create(CultureInfo.InvariantCulture, $"the file has {length:N0} bytes."),
                    string.Create(CultureInfo.InvariantCulture,
                        $"The limit is {limits.MaxFileBytes:N0}. Make the file smaller, or raise the limit (ImageLimits) "
                            + $"if you trust it."));
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadImageException(path, "there is no such file.",
                "Expected an image that the dataset lists. Run `kit data check` to see what else is missing.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadImageException(path, $"the file cannot be read: {exception.Message.TrimEnd('.')}.",
                "Check its permissions and the disk.", exception);
        }
    }

    private static (DeepImage Image, int Orientation) DecodeStored(ReadOnlySpan<byte> file, ImageHeader header, string path)
    {
        if (header.Format == ImageFileFormat.Dicom)
        {
            return Guarded(file, header, path, (bytes, known) => (DicomDecoder.Decode(bytes, known, path), 1));
        }

        if (header.Format == ImageFileFormat.Png)
        {
            // Skia would cut 16 bits to 8, but it finds every damage, and ImageSharp 2.1 does not come back from some damaged PNGs.
            _ = SkiaDecoder.Decode(file, header, path);
        }

        return Guarded(file, header, path, ImageSharpDecoder.DecodeDeep);
    }

    private static T Guarded<T>(ReadOnlySpan<byte> file, ImageHeader header, string path, Func<ReadOnlySpan<byte>, ImageHeader, T> decode)
    {
        try
        {
            return decode(file, header);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or BadImageException))
        {
            // A crafted file makes a managed decoder fail in any way: index, overflow, null.
            throw new BadImageException(path,
                $"the {header.Format.ToString().ToUpperInvariant()} content is damaged: {exception.Message.TrimEnd('.')}.",
                ImageStructure.DamagedAdvice, exception);
        }
    }
}
