using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using Xunit.Abstractions;

namespace Tests.Evaluation;

/// <summary>How often a 95 % interval holds the truth, over 2,000 simulated studies. The numbers that it prints are kept in IntervalCoverage.md.</summary>
public class IntervalCoverageTests(ITestOutputHelper output)
{
    private const int Studies = 2000;

    [Theory]
    [InlineData(.809, 624)]
    [InlineData(.9, 100)]
    [InlineData(.7, 60)]
    public void Wilson95(double share, int images)
    {
        var covered = Covered(study =>
        {
            var random = new RandomStream(11, study);
            var right = Enumerable.Range(0, images).Count(_ => random.NextDouble() < share);
            return Wilson.Interval(right, images).Contains(share);
        });
        Report($"Wilson, share {share}, {images} images", covered);
    }

    [Theory]
    [InlineData(80, 80)]
    [InlineData(60, 140)]
    public void DeLong95(int positives, int negatives)
    {
        // Normal scores one standard deviation apart have an AUC of Phi(1 / sqrt 2).
        const double Auc = .7602499389065233;
        int[] labels = [.. Enumerable.Repeat(1, positives), .. Enumerable.Repeat(0, negatives)];
        var covered = Covered(study =>
        {
            var random = new RandomStream(12, study);
            var scores = Array.ConvertAll(labels, label => random.NextNormal() + label);
            return DeLong.Of(labels, scores).Interval().Contains(Auc);
        });
        Report($"DeLong, AUC {Auc:0.000}, {positives} + {negatives} images", covered);
    }

    [Fact]
    public void BootstrapByPatient95()
    {
        // 60 patients with 1 to 3 images; a patient's images are all of the same difficulty. The truth is the expected share.
        const double Truth = .75;
        var covered = Covered(study =>
        {
            var random = new RandomStream(13, study);
            var items = new List<Prediction>();
            for (var patient = 0; patient < 60; patient++)
            {
                var easy = random.NextDouble() < .5;
                for (var image = random.NextInt(3); image >= 0; image--)
                {
                    var right = random.NextDouble() < (easy ? .95 : .55);
                    items.Add(new Prediction($"{patient}-{image}", $"{patient}", null, 1, right ? [0, 1] : [1, 0], double.NaN));
                }
            }

            var result = ClusterBootstrap.Of(new Predictions(["n", "p"], items), sample => sample.Correct.Count(right => right) / (double)sample.Correct.Length, study, resamples: 300);
            return result.Interval.Contains(Truth);
        });
        Report("bootstrap by group, share .75, 60 patients with 1 to 3 images, 300 resamples", covered);
    }

    private static int Covered(Func<int, bool> study)
    {
        var covered = 0;
        Parallel.For(0, Studies, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            if (study(i))
            {
                Interlocked.Increment(ref covered);
            }
        });
        return covered;
    }

    private void Report(string what, int covered)
    {
        output.WriteLine($"{what}: {covered} of {Studies}, {100.0 * covered / Studies:0.0} %");
        Assert.InRange((double)covered / Studies, .93, .97);
    }
}
