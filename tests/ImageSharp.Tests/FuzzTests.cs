using System.Diagnostics;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;

namespace Tests.ImageSharp;

public class FuzzTests
{
    private const int LimitMegabytes = 16;

    public static TheoryData<string> Files => [.. GoldenPictures.All.Select(picture => picture.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Damaged_files_load_or_throw_what_is_documented_in_bounded_time_and_memory(string file)
    {
        var bytes = File.ReadAllBytes(GoldenPictures.Named(file).FullPath);
        var configuration = Configuration.Default.Clone();
        configuration.MemoryAllocator = MemoryAllocator.Create(new MemoryAllocatorOptions { AllocationLimitMegabytes = LimitMegabytes });
        var options = new DecoderOptions { Configuration = configuration };
        var clock = Stopwatch.StartNew();
        var step = Math.Max(1, bytes.Length / 200);
        var random = new Random(file.Length);
        var tried = 0;
        for (var at = 0; at < bytes.Length; at += step, tried += 2)
        {
            Try(options, bytes.AsSpan(0, at));
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= (byte)(1 << random.Next(8));
            if (at % 3 == 0)
            {
                damaged[random.Next(damaged.Length)] = 0xFF;
            }

            Try(options, damaged);
        }

        Assert.True(tried >= Math.Min(100, 2 * bytes.Length / step), $"Only {tried} damaged files were tried.");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{tried} damaged files took {clock.Elapsed}.");
    }

    private static void Try(DecoderOptions options, ReadOnlySpan<byte> data)
    {
        try
        {
            _ = Image.Identify(options, data);
        }
        catch (ImageFormatException)
        {
            // The only kind of exception that bytes may cause.
        }

        try
        {
            using var image = Image.Load<Rgb24>(options, data);
            Assert.True((long)image.Width * image.Height * 3 <= LimitMegabytes * 1024L * 1024L, "The picture is over the limit.");
        }
        catch (ImageFormatException)
        {
            // As above.
        }
    }
}
