using System.Buffers.Binary;
using System.Diagnostics;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Data;

/// <summary>Damaged files of every format are read or refused with the one kind of error, in bounded time and memory.</summary>
public class ImageFuzzTests(ITestOutputHelper output)
{
    private const long MostBytes = 64 << 20; // For one file of at most a million pixels.

    // For one file: a ceiling against hanging, a thousand times what is needed.
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);

    public static TheoryData<ImageFileFormat> Formats => [.. Enum.GetValues<ImageFileFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Damaged_files_give_only_the_one_kind_of_error(ImageFileFormat format) => Try(format, 600);

    [LongTheory]
    [MemberData(nameof(Formats))]
    public void Twenty_thousand_damaged_files_give_only_the_one_kind_of_error(ImageFileFormat format) => Try(format, 20_000);

    private void Try(ImageFileFormat format, int mutations)
    {
        var reader = new ImageFileReader(new ImageLimits { MaxPixels = 1_000_000 });
        byte[][] files = format == ImageFileFormat.Dicom
            ? [.. Directory.GetFiles(DicomTests.Folder, "*.dcm").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]
            : [.. GoldenPictures.All.Where(picture => picture.IsRead && reader.Inspect(picture.FullPath).Format == format)
                .Select(picture => File.ReadAllBytes(picture.FullPath))];
        var (refused, mostBytes, longest) = (0, 0L, TimeSpan.Zero);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < mutations; i++)
        {
            var damaged = Damage(files[i % files.Length], new RandomStream(5, (long)format, i));
            if (format == ImageFileFormat.Png && i % 2 == 0)
            {
                MendChecksums(damaged);
            }

            var (before, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            try
            {
                reader.Decode(damaged, reader.Inspect(damaged, "damaged"), "damaged");
            }
            catch (BadImageException)
            {
                refused++;
            }

            mostBytes = Math.Max(mostBytes, GC.GetAllocatedBytesForCurrentThread() - before);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
        }

        using var process = Process.GetCurrentProcess();
        output.WriteLine($"{format}: {mutations} mutations of {files.Length} files in {clock.Elapsed.TotalSeconds:F1} s: {refused} " +
            $"refused, {mutations - refused} read; one at most {longest.TotalMilliseconds:F0} ms and {mostBytes / 1e6:F1} MB; the " +
            $"process's peak {process.PeakWorkingSet64 / 1e6:F0} MB");
        Assert.InRange(refused, mutations / 10, mutations - 1);
        Assert.InRange(mostBytes, 0, MostBytes);
        Assert.InRange(longest, TimeSpan.Zero, MostTime);
    }

    /// <summary>
    /// One to three changes: a cut, a few bytes, an extreme byte near the head, a part taken out or doubled, a single bit.
    /// </summary>
    private static byte[] Damage(byte[] whole, RandomStream random)
    {
        byte[] damaged = [.. whole];
        for (var changes = 1 + random.NextInt(3); changes > 0; changes--)
        {
            var at = random.NextInt(damaged.Length);
            var part = 1 + random.NextInt(Math.Min(64, damaged.Length - at));
            switch (random.NextInt(6))
            {
                case 0:
                    damaged = damaged[..(at + 1)];
                    break;
                case 1:
                    for (var k = random.NextInt(8); k >= 0; k--)
                    {
                        damaged[random.NextInt(damaged.Length)] = (byte)random.NextInt(256);
                    }

                    break;
                case 2:
                    damaged[random.NextInt(Math.Min(damaged.Length, 64))] = (byte)(random.NextInt(3) * 127.5);
                    break;
                case 3 when part < damaged.Length:
                    damaged = [.. damaged[..at], .. damaged[(at + part)..]];
                    break;
                case 4:
                    damaged = [.. damaged[..(at + part)], .. damaged[at..]];
                    break;
                default:
                    damaged[at] ^= (byte)(1 << random.NextInt(8));
                    break;
            }
        }

        return damaged;
    }

    /// <summary>Writes each chunk's checksum anew, so that the damage is not found by it alone.</summary>
    private static void MendChecksums(byte[] png)
    {
        for (long at = 8, length; at + 12 <= png.Length; at += 12 + length)
        {
            length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan((int)at));
            if (at + 12 + length > png.Length)
            {
                return;
            }

            var crc = uint.MaxValue;
            foreach (var value in png.AsSpan((int)at + 4, (int)length + 4))
            {
                crc ^= value;
                for (var bit = 0; bit < 8; bit++)
                {
                    crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
                }
            }

            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan((int)(at + 8 + length)), ~crc);
        }
    }
}
