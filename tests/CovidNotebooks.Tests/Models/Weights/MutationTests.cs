using CovidNotebooks.Models.Weights;
using Tests.Data;
using Tests.Shared;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Tests.Models.Weights;

/// <summary>
/// Files with random damage: they are read or refused with <see cref="WeightsException"/>, in bounded memory (but for HDF5, see below), and
/// nothing else happens.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output) : IDisposable
{
    private const long MostMemory = 64 << 20;
    private const int Few = 1_000;
    private const int Many = 100_000;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Formats => ["zip.pth", "legacy.pth", "keras.h5", "model.onnx", "model.safetensors"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_thousand_damaged_files_are_read_or_refused(string name) => Mutate(name, Few);

    [LongTheory]
    [MemberData(nameof(Formats))]
    public void A_hundred_thousand_damaged_files_are_read_or_refused(string name) => Mutate(name, Many);

    private void Mutate(string name, int times)
    {
        var good = Good(name);
        var read = Reader(name);
        read(good);
        var random = new Random(7);
        var bytes = File.ReadAllBytes(good);
        var path = Path.Combine(folder.Path, "damaged");
        var (refused, most, slowest) = (0, 0L, TimeSpan.Zero);
        for (var i = 0; i < times; i++)
        {
            var damaged = Damaged(bytes, random);
            File.WriteAllBytes(path, damaged);
            var (before, clock) = (GC.GetAllocatedBytesForCurrentThread(), System.Diagnostics.Stopwatch.StartNew());
            try
            {
                read(path);
            }
            catch (WeightsException)
            {
                refused++;
            }

            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before - damaged.Length);
            slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
        }

        output.WriteLine(
            $"{name}, {bytes.Length:N0} bytes: {times:N0} damaged files, {refused:N0} refused, {times - refused:N0} read; at most "
                + $"{most:N0} bytes beyond the file, slowest {slowest.TotalMilliseconds:F0} ms");
        Assert.True(refused > times / 10, $"only {refused} were refused");

        // PureHDF believes a heap's length before it reads it: what it allocates for a forged one is told above and cannot be limited from
        // outside.
        Assert.True(most <= MostMemory || string.Equals(name, "keras.h5", StringComparison.Ordinal), $"{most:N0} bytes beyond the file");
        Assert.True(slowest < TimeSpan.FromSeconds(20), $"one took {slowest.TotalSeconds:F1} s");
    }

    /// <summary>
    /// One to eight changes: a bit, a byte, an extreme number, a piece cut out, doubled or put elsewhere, the end cut off.
    /// </summary>
    private static byte[] Damaged(byte[] bytes, Random random)
    {
        var damaged = (byte[])bytes.Clone();
        for (var changes = random.Next(1, 9); changes > 0 && damaged.Length > 16; changes--)
        {
            var at = random.Next(damaged.Length - 8);
            var length = random.Next(1, Math.Min(64, damaged.Length - at));
            switch (random.Next(8))
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 2:
                    BitConverter.TryWriteBytes(
                        damaged.AsSpan(at), random.Next(4) switch { 0 => int.MaxValue, 1 => -1, 2 => 0, _ => 1 << random.Next(31) });
                    break;
                case 3:
                    BitConverter.TryWriteBytes(damaged.AsSpan(at), random.Next(2) == 0 ? long.MaxValue : 1L << random.Next(63));
                    break;
                case 4:
                    damaged = [.. damaged[..at], .. damaged[(at + length)..]];
                    break;
                case 5:
                    damaged = [.. damaged[..(at + length)], .. damaged[at..]];
                    break;
                case 6:
                    damaged.AsSpan(at, length).ToArray().CopyTo(damaged, random.Next(damaged.Length - length));
                    break;
                default:
                    damaged = random.Next(8) == 0 ? damaged[..at] : damaged;
                    break;
            }
        }

        return damaged;
    }

    private static Action<string> Reader(string name) => name switch
    {
        "keras.h5" => path => KerasFile.Read(path).Dispose(),
        "model.onnx" => path => OnnxGraph.Read(path).Dispose(),
        "model.safetensors" => path => Safetensors.Read(path).Dispose(),
        _ => path => TorchFile.Read(path).Dispose(),
    };

    /// <summary>The repository's own file, wherever the golden tests look.</summary>
    private static string Committed(string file) => Path.Combine(Repository.Root, "tests", "golden", "checkpoints", "good", file);

    private string Good(string name)
    {
        var path = Path.Combine(folder.Path, name);
        using var one = arange(12, dtype: ScalarType.Float32).reshape(3, 4);
        using var other = arange(4);
        switch (name)
        {
            case "zip.pth":
                return Committed("checkpoint_zip.pth");
            case "legacy.pth":
                return Committed("checkpoint_legacy.pth");
            case "keras.h5":
                return KerasFiles.Write(folder.Path, name, new Dictionary<string, Dictionary<string, Array>>
                {
                    ["conv"] = new() { ["kernel:0"] = new float[2, 2, 1, 3], ["bias:0"] = new float[3] },
                    ["bn"] = new()
                    {
                        ["gamma:0"] = new float[3],
                        ["beta:0"] = new float[3],
                        ["moving_mean:0"] = new float[3],
                        ["moving_variance:0"] = new float[3],
                    },
                });
            case "model.onnx":
                File.WriteAllBytes(
                    path, OnnxFiles.Model([("Conv", ["x", "w"]), ("BatchNormalization", ["y", "w", "b"])], [("w", [2, 3]), ("b", [3])]));
                return path;
            default:
                Safetensors.Write(
                    path,
                    new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["features.0.weight"] = one, ["n"] = other },
                    new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" });
                return path;
        }
    }
}
