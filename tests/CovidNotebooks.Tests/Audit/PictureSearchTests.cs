using System.Globalization;
using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Audit;

/// <summary>
/// The search for pictures that look alike, against looking at every pair, and what it costs when there are more of them.
/// </summary>
public class PictureSearchTests(ITestOutputHelper output)
{
    private const int Side = 64;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_search_finds_what_looking_at_every_pair_finds(int seed)
    {
        var random = new Random(seed);
        var pictures = new List<byte[]>();
        for (var i = 0; i < 40; i++)
        {
            var original = Smooth(random);
            pictures.Add(original);

            // Copies around the limits of .97 and .985: as they are, turned, negative, brighter, and mixed with another picture.
            for (var copy = 0; copy < 3; copy++)
            {
                var turn = copy == 0 ? PictureTurn.Upright : (PictureTurn)random.Next(8);
                var turned = PictureTurns.Of([.. original.Select(value => (float)value)], Side, turn);
                var (other, share) = (Smooth(random), random.NextDouble() * 0.3);
                var (sign, shift) = (copy > 0 && random.Next(2) == 0 ? -0.8 : 0.8, random.Next(0, 20));
                pictures.Add([.. turned.Select((value, k) =>
                    (byte)Math.Clamp(128 + shift + (sign * (((1 - share) * (value - 128)) + (share * (other[k] - 128)))), 0, 255))]);
            }
        }

        pictures.Add(new byte[Side * Side]);
        pictures.Add([.. Enumerable.Repeat((byte)200, Side * Side)]);
        var images = pictures.OrderBy(_ => random.Next()).Select(Image).ToList();
        images.Add(images[0] with { File = new ScannedFile("damaged", null, null, null) });

        var (found, areAll) = PictureSearch.Pairs(images);

        var expected = EveryPair(images);
        Assert.InRange(expected.Count(pair => pair.IsAltered), 10, 200);
        Assert.InRange(expected.Count(pair => !pair.IsAltered), 5, 200);
        Assert.True(areAll);
        Assert.Equal(expected.Select(Rounded).Order(), found.Select(Rounded).Order());
        Assert.Equal(found.Select(pair => Math.Abs(pair.Correlation)).OrderDescending(), found.Select(pair => Math.Abs(pair.Correlation)));
    }

    [Fact]
    public void A_search_that_finds_too_much_ends_and_says_so()
    {
        // 20 equal pictures are 190 pairs.
        var picture = Smooth(new Random(5));
        var images = Enumerable.Range(0, 20).Select(i => Image(picture, i)).ToList();
        var (all, areAll) = PictureSearch.Pairs(images, most: 190);
        var (some, areStillAll) = PictureSearch.Pairs(images, most: 189);

        Assert.Equal((190, true), (all.Distinct().Count(), areAll));
        Assert.All(all, pair => Assert.Equal((1, PictureTurn.Upright), (pair.Correlation, pair.Turn)));
        Assert.False(areStillAll);
        Assert.InRange(some.Count, 0, 189);
    }

    [Fact]
    public void A_spectrum_brings_no_two_pictures_further_apart()
    {
        var random = new Random(4);
        for (var i = 0; i < 50; i++)
        {
            float[] first = GreyVector.Of(Smooth(random)), second = GreyVector.Of(Smooth(random));
            var (a, b) = (PictureIndex.Spectrum(first)!, PictureIndex.Spectrum(second)!);
            Assert.InRange(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum(), 0, 2 - (2 * GreyVector.Correlation(first, second)) + 1e-5);
            Assert.InRange(a.Sum(x => x * x), 0.1, 1 + 1e-5);
        }
    }

    [Fact]
    public void A_group_of_one_part_is_passed_over_and_that_of_two_parts_is_not()
    {
        // 200,000 images of one group in one part would be 2 * 10^10 pairs.
        var images = Enumerable.Repeat(("one", "train"), 200_000).Append(("two", "train")).Append(("two", "test")).ToArray();
        var pairs = GroupCopySearch.Candidates(images, image => image.Item1, image => image.Item2);
        Assert.Equal((("two", "train"), ("two", "test")), Assert.Single(pairs!));
    }

    [LongFact]
    public void The_more_pictures_the_smaller_the_share_of_pairs_that_is_looked_at()
    {
        long[] counts = [6_250, 25_000, 100_000];
        var spectra = new float[counts[^1]][];
        Parallel.For(0, spectra.Length, i => spectra[i] = PictureIndex.Spectrum(GreyVector.Of(Drawn(i)))!);
        var compared = counts.Select(count =>
        {
            var index = new PictureIndex(spectra[..(int)count]);
            Parallel.For(0, (int)count, place => index.After(place, 0.97, 0.985));
            output.WriteLine(
                $"{count} pictures: {index.Compared} comparisons, {index.Compared / (double)count:F0} a picture; "
                    + $"all pairs sixteen ways: {count * (count - 1) * 8}");
            return index.Compared;
        }).ToArray();

        // Phantoms are alike, so the share falls slowly: measured .024, .021 and .018.
        var shares = compared.Zip(counts, (comparisons, count) => comparisons / (8.0 * count * (count - 1))).ToArray();
        Assert.InRange(shares[0], 0, 0.03);
        Assert.InRange(shares[1], 0, 0.93 * shares[0]);
        Assert.InRange(shares[2], 0, 0.93 * shares[1]);
    }

    private static byte[] Drawn(int number) =>
        Phantoms.Draw(new PhantomOptions { Size = Side, Kind = (PhantomKind)(number % 2) }, number % 4 > 1, number).Pixels;

    private static ComparedImage Image(byte[] pixels, int number) =>
        new(new AuditedImage("all", $"{number:D4}.png", "A"), null, new ScannedFile($"{number}", null, null, null)
        {
            Thumbnail = new PixelImage(Side, Side, 1, pixels),
        });

    /// <summary>Some waves of low and middle frequencies.</summary>
    private static byte[] Smooth(Random random)
    {
        var waves = Enumerable.Range(0, 12).Select(_ => (
            Row: random.NextDouble() * 0.5, Column: random.NextDouble() * 0.5, Phase: random.NextDouble() * 6, Height: random.Next(5, 20)))
            .ToArray();
        return
        [
            .. Enumerable.Range(0, Side * Side).Select(place => (byte)Math.Clamp(
                128 + waves.Sum(wave => wave.Height * Math.Sin((wave.Row * (place / Side)) + (wave.Column * (place % Side)) + wave.Phase)),
                0,
                255)),
        ];
    }

    /// <summary>The rule of the search, pair by pair.</summary>
    private static NearDuplicate[] EveryPair(IReadOnlyList<ComparedImage> images)
    {
        var fine = images.Select(image => image.File.Thumbnail is { } picture ? Centred(picture.Pixels) : null).ToArray();
        var pairs = new List<NearDuplicate>();
        for (var i = 0; i < fine.Length; i++)
        {
            for (var j = i + 1; j < fine.Length; j++)
            {
                if (fine[i] is null || fine[j] is null)
                {
                    continue;
                }

                var alike = PictureTurns.All
                    .Select(turn => (Turn: turn, Correlation: Correlation(PictureTurns.Of(fine[i]!, Side, turn), fine[j]!)))
                    .Where(way => Math.Abs(way.Correlation) >= (way is { Turn: PictureTurn.Upright, Correlation: > 0 } ? 0.97 : 0.985))
                    .ToArray();
                if (alike.Length > 0)
                {
                    var best = alike[0] is { Turn: PictureTurn.Upright, Correlation: > 0 } upright ? upright
                        : alike.MaxBy(way => Math.Abs(way.Correlation));
                    pairs.Add(new NearDuplicate(images[i].Audited, images[j].Audited, best.Correlation)
                    {
                        Turn = best.Turn,
                    });
                }
            }
        }

        return [.. pairs];
    }

    /// <summary>Both sides round otherwise, in the last digits of a double.</summary>
    private static string Rounded(NearDuplicate pair) =>
        string.Create(CultureInfo.InvariantCulture, $"{pair.First.Path} {pair.Second.Path} {pair.Turn} {pair.Correlation:F9}");

    private static double[]? Centred(byte[] pixels)
    {
        var mean = pixels.Average(pixel => (double)pixel);
        return pixels.Distinct().Count() > 1 ? [.. pixels.Select(pixel => pixel - mean)] : null;
    }

    private static double Correlation(double[] first, double[] second) =>
        first.Zip(second, (a, b) => a * b).Sum() / Math.Sqrt(first.Sum(a => a * a) * second.Sum(b => b * b));
}
