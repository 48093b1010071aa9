using System.Globalization;
using System.Text;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;
using MathNet.Numerics.Distributions;
using Tests.Runs;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Evaluation;

/// <summary>
/// How often the paired tests see a difference where there is none, with the groups of the published runs: 4,000 pairs of models a row.
/// Images of a group share the probability
/// of a right answer (beta-binomial, share .7) or a part of their score (normal, AUC .86). The tables are kept in FalseAlarms.md.
/// </summary>
public class FalseAlarmTests(ITestOutputHelper output)
{
    private const int Draws = 4000;

    private static readonly (string Name, string Notebook, string Run)[] Sets =
    [
        ("document 2, validation", "02-scratch-cnn-ct", "02-as-published"),
        ("document 3, test", "03-vgg19bn-ct", "03-as-published"),
        ("document 4, test", "04-resnet50-xray", "04-corrected"),
        ("document 5, test", "05-scratch-cnn-pneumonia", "05-corrected"),
    ];

    [LongFact]
    public void Errors_by_group_alarm_falsely_in_3_to_6_percent()
    {
        var rows = new StringBuilder("| groups of | images | groups | rho | McNemar on images | Obuchowski 1998 | as the kit chooses "
            + "|\n|---|---|---|---|---|---|---|\n");
        List<(string Row, double Asymptotic, double Chosen)> rates = [];
        foreach (var set in Sets)
        {
            var (labels, groups, of) = Read(set);
            foreach (var rho in new[] { .3, .6 })
            {
                int images = 0, asymptotic = 0, chosen = 0;
                Parallel.For(0, Draws, new ParallelOptions { MaxDegreeOfParallelism = 2 }, draw =>
                {
                    var random = new Random(71_000 + draw);
                    int[] Answers()
                    {
                        var shares = Enumerable.Range(0, of.Max() + 1)
                            .Select(_ => Beta.Sample(random, .7 * (1 - rho) / rho, .3 * (1 - rho) / rho)).ToArray();
                        return [.. labels.Select((label, i) => random.NextDouble() < shares[of[i]] ? label : 1 - label)];
                    }

                    var errors = PairedErrors.Of(labels, Answers(), Answers(), groups);
                    Count(ref images, errors.Images.PValue < .05);
                    Count(ref asymptotic, errors.ChiSquare > 3.841458820694124);
                    Count(ref chosen, errors.PValue < .05);
                });
                var row = $"{set.Name} | {labels.Length} | {of.Max() + 1} | {rho.ToString(CultureInfo.InvariantCulture)}";
                rows.Append(CultureInfo.InvariantCulture, $"| {row} | {Rate(images)} | {Rate(asymptotic)} | {Rate(chosen)} |\n");
                rates.Add((row, (double)asymptotic / Draws, (double)chosen / Draws));
            }
        }

        output.WriteLine(rows.ToString());
        Assert.All(rates, rate => Assert.InRange(rate.Asymptotic, .03, .06));
        Assert.All(rates, rate => Assert.InRange(rate.Chosen, 0, .06));
    }

    [LongFact]
    public void AUCs_by_group_alarm_falsely_in_3_to_6_percent()
    {
        var rows = new StringBuilder("| groups of | groups of the classes | rho | DeLong on images | Obuchowski 1997, normal | Obuchowski "
            + "1997, Welch t | corrected besides (the kit) |\n|---|---|---|---|---|---|---|\n");
        List<(string Row, double Chosen)> rates = [];
        foreach (var set in Sets)
        {
            var (labels, groups, of) = Read(set);
            foreach (var rho in new[] { .3, .6 })
            {
                int images = 0, normal = 0, welch = 0, chosen = 0;
                Parallel.For(0, Draws, new ParallelOptions { MaxDegreeOfParallelism = 2 }, draw =>
                {
                    var random = new Random(72_000 + draw);
                    double[] Scores()
                    {
                        var effects = Enumerable.Range(0, of.Max() + 1).Select(_ => Math.Sqrt(rho) * Normal.Sample(random, 0, 1)).ToArray();
                        return [.. labels.Select((label, i) => (1.5 * label) + effects[of[i]]
                            + (Math.Sqrt(1 - rho) * Normal.Sample(random, 0, 1)))];
                    }

                    var (a, b) = (Scores(), Scores());
                    var byGroup = ClusteredAuc.Compare(labels, a, b, groups);
                    Count(ref images, DeLong.Compare(labels, a, b).PValue < .05);
                    var paper = byGroup with { VarianceCorrection = 1 };
                    Count(ref normal, (paper with { DegreesOfFreedom = double.PositiveInfinity }).PValue < .05);
                    Count(ref welch, paper.PValue < .05);
                    Count(ref chosen, byGroup.PValue < .05);
                });
                int Groups(int label) => of.Where((_, i) => labels[i] == label).Distinct().Count();
                var row = $"{set.Name} | {Groups(1)} + {Groups(0)} | {rho.ToString(CultureInfo.InvariantCulture)}";
                rows.Append(
                    CultureInfo.InvariantCulture, $"| {row} | {Rate(images)} | {Rate(normal)} | {Rate(welch)} | {Rate(chosen)} |\n");
                rates.Add((row, (double)chosen / Draws));
            }
        }

        output.WriteLine(rows.ToString());
        Assert.All(rates, rate => Assert.InRange(rate.Chosen, .03, .06));
    }

    [LongFact]
    public void The_smallest_difference_is_seen_with_the_power_that_the_card_says()
    {
        // Document 3's groups: both models differ on 30 % of the images; where a group leans towards one of the two, all its images do so
        // with correlation .3.
        var (labels, groups, of) = Read(Sets[1]);
        var power = TestSetPower.Of(groups, new PowerOptions { Disagreement = .3, WithinGroupCorrelation = .3 });
        var difference = power.SmallestDifference!.Value;
        var seen = 0;
        Parallel.For(0, Draws, new ParallelOptions { MaxDegreeOfParallelism = 2 }, draw =>
        {
            var random = new Random(73_000 + draw);
            double gain = (.3 + difference) / 2, loss = (.3 - difference) / 2;
            int Draw() => random.NextDouble() is var at && at < gain ? 1 : at < .3 ? -1 : 0;
            var common = Enumerable.Range(0, of.Max() + 1).Select(_ => Draw()).ToArray();

            // An image takes its group's draw with probability √.3, so that two images of a group share it with probability .3.
            var differences = of.Select(group => random.NextDouble() < Math.Sqrt(.3) ? common[group] : Draw()).ToArray();
            int[] a = [.. labels.Select((label, i) => differences[i] >= 0 ? label : 1 - label)],
                b = [.. labels.Select((label, i) => differences[i] > 0 ? 1 - label : label)];
            Count(ref seen, PairedErrors.Of(labels, a, b, groups).ChiSquare > 3.841458820694124);
        });
        output.WriteLine($"smallest difference {difference:0.000}: seen in {Rate(seen)} of {Draws} studies");
        Assert.InRange((double)seen / Draws, .72, .88);
    }

    private static void Count(ref int counter, bool hit)
    {
        if (hit)
        {
            Interlocked.Increment(ref counter);
        }
    }

    private static string Rate(int alarms) => ((double)alarms / Draws).ToString("0.000", CultureInfo.InvariantCulture);

    private static (int[] Labels, string?[] Groups, int[] OfImage) Read((string Name, string Notebook, string Run) set)
    {
        var store = RunStore.Published(Path.Combine(Repository.Root, "data", "published-runs"), new ManualClock())
            .Single(store => Path.GetFileName(store.Root) == set.Notebook);
        var items = store.List().Single(run => run.Name == set.Run).LoadPredictions().Items;
        string?[] groups = [.. items.Select(item => item.Group ?? item.Id)];
        var numbers = groups.Distinct(StringComparer.Ordinal).Select((group, number) => (group, number))
            .ToDictionary(pair => pair.group!, pair => pair.number, StringComparer.Ordinal);
        return ([.. items.Select(item => item.Label)], groups, [.. groups.Select(group => numbers[group!])]);
    }
}
