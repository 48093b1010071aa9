using System.Buffers.Binary;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Bmp;

/// <summary>Writes BMP of 24 bits.</summary>
public sealed class BmpEncoder : QuantizingImageEncoder
{
    private const int HeaderSize = 54;

    protected override void Encode<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken)
    {
        var stride = ((image.Width * 3) + 3) / 4 * 4;
        var header = new byte[HeaderSize];
        (header[0], header[1]) = ((byte)'B', (byte)'M');
        Write(header, 2, HeaderSize + (stride * image.Height));
        Write(header, 10, HeaderSize);
        Write(header, 14, 40);
        Write(header, 18, image.Width);
        Write(header, 22, image.Height);
        (header[26], header[28]) = (1, 24);
        Write(header, 34, stride * image.Height);
        stream.Write(header);
        var colors = new Rgb24[image.Width];
        var line = new byte[stride];
        for (var y = image.Height - 1; y >= 0; y--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PixelRows.Convert<TPixel, Rgb24>(image.Row(y), colors);
            for (var x = 0; x < colors.Length; x++)
            {
                (line[x * 3], line[(x * 3) + 1], line[(x * 3) + 2]) = (colors[x].B, colors[x].G, colors[x].R);
            }

            stream.Write(line);
        }
    }

    private static void Write(byte[] header, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at), value);
}
