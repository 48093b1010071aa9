using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Evaluation;

/// <summary>
/// How often a 95 % interval holds the truth, over 2,000 simulated studies. The numbers that it prints are kept in IntervalCoverage.md.
/// </summary>
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

            var result = ClusterBootstrap.Of(
                new Predictions(["n", "p"], items),
                sample => sample.Correct.Count(right => right) / (double)sample.Correct.Length,
                study,
                resamples: 300);
            return result.Interval.Contains(Truth);
        });
        Report("bootstrap by group, share .75, 60 patients with 1 to 3 images, 300 resamples", covered);
    }

    /// <summary>
    /// The interval of the report with the 13 publications of document 2's COVID images; few_groups_coverage.py compares it with other
    /// candidates.
    /// </summary>
    [LongTheory]
    [InlineData(.3)]
    [InlineData(.6)]
    public void SharesOfFewGroups95(double rho)
    {
        const double Truth = .75;
        int[] sizes = [16, 13, 6, 5, 4, 4, 4, 4, 3, 3, 3, 2, 2];
        var covered = 0;
        Parallel.For(0, 4000, new ParallelOptions { MaxDegreeOfParallelism = 2 }, study =>
        {
            var random = new Random(14_000 + study);
            List<Prediction> items = [];
            for (var group = 0; group < sizes.Length; group++)
            {
                var share = MathNet.Numerics.Distributions.Beta.Sample(random, Truth * (1 - rho) / rho, (1 - Truth) * (1 - rho) / rho);
                items.AddRange(Enumerable.Range(0, sizes[group])
                    .Select(
                        image =>
                            new Prediction(
                                $"{group}-{image}", $"{group}", null, 1, random.NextDouble() < share ? [0, 1] : [1, 0], double.NaN)));
            }

            var estimate = EvaluationReport.Estimate(new Predictions(["n", "p"], items), MetricNames.Sensitivity);
            Assert.NotNull(estimate.Interval);
            if (estimate.Interval.Value.Contains(Truth))
            {
                Interlocked.Increment(ref covered);
            }
        });
        output.WriteLine($"jackknife by group, share {Truth}, rho {rho}: {covered} of 4000, {100.0 * covered / 4000:0.0} %");
        Assert.InRange(covered / 4000.0, .93, .97);
    }

    [Fact]
    public void TheNoteOnFewGroupsHasTheFiguresOfTheSimulation()
    {
        var folder = Path.Combine(Repository.Root, "tests", "CovidNotebooks.Tests", "Evaluation");
        var rates = File.ReadLines(Path.Combine(folder, "FewGroupsCoverage.md"))
            .SkipWhile(line => !line.StartsWith("## A share", StringComparison.Ordinal))
            .TakeWhile(line => !line.StartsWith("## F1", StringComparison.Ordinal))
            .Where(line => line.Contains("), 0", StringComparison.Ordinal))
            .Where(
                line =>
                    int.Parse(
                        line.Split('(')[1].Split(')')[0], System.Globalization.CultureInfo.InvariantCulture) < MetricEstimate.FewGroups)
            .Select(line => double.Parse(line.Split('|')[^2].Trim().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();
        Assert.Equal(2 * 3 * 6, rates.Length);
        var note = EvaluationReport.Of(BootstrapTests.Answers(12, imagesPerPatient: 2)).FewGroupsNote;
        Assert.Contains($"{100 * rates.Min():0} to {100 * rates.Max():0} %", note, StringComparison.Ordinal);
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
