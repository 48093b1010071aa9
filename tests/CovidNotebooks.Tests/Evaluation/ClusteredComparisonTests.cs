using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;
using Tests.Runs;
using Tests.Shared;

namespace Tests.Evaluation;

/// <summary>
/// Comparisons of two models where groups have several images: hand calculations, and the published runs of the documents.
/// </summary>
public class ClusteredComparisonTests
{
    [Fact]
    public void Ten_patients_of_twenty_images_are_ten_units()
    {
        // A is right on every image of seven patients, B on every image of the other three: seven against three.
        var comparison = PairedComparison.Of("A", Model(group => group < 7), "B", Model(group => group >= 7));
        Assert.Equal(1.44, comparison.Errors.ChiSquare!.Value, 1e-12); // (K - 1) / K (Σd)² / Σd² = .9 · 80² / 4000
        Assert.Equal(2 * (1 + 10 + 45 + 120) / 1024.0, comparison.Errors.PValue, 1e-12); // the sign test of ten
        Assert.Equal("exact permutation of groups", comparison.Errors.Method);
        Assert.InRange(comparison.Ranking!.PValue, .2, .35);
        Assert.Equal(.4, comparison.Errors.Difference, 1e-12);
        Assert.True(comparison.Errors.Interval!.Value.Contains(0));
        Assert.Equal((10, 10), (comparison.Groups, comparison.Errors.DecidingGroups));
        Assert.True(comparison.BootstrapOfAccuracy!.Value.Contains(0));
        Assert.Contains("10 groups: few", comparison.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("200 images of 10 groups", comparison.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Obuchowskis_chi_square_of_given_differences() =>
        Assert.Equal(3 / 4.0 * 9 / 5, PairedErrors.ChiSquareOf([2, 1, 0, 0]), 1e-12);

    [Fact]
    public void Obuchowskis_chi_square_is_that_of_R()
    {
        // The obfuscation data of R's clust.bin.pair: 63 groups; its own tests expect 9.627329.
        double[] obfuscation = [.. Enumerable.Repeat(0.0, 43), .. Enumerable.Repeat(-1.0, 16), 1, 1, 1, -2];
        Assert.Equal(9.627329, PairedErrors.ChiSquareOf(obfuscation), 5e-7);

        // Its thyroids, the worked example of Obuchowski 1998: 21 patients, PET against SPECT, true negatives of each gland.
        double[] thyroids = [-2, -1, 0, 0, -1, 0, 0, 0, 1, 0, 0, 0, 0, 0, -2, 0, 0, -1, 0, 0, 0];
        Assert.Equal(20 / 21.0 * 36 / 12, PairedErrors.ChiSquareOf(thyroids), 1e-12);
    }

    [Theory]
    [InlineData(new[] { 1, 1, 1, 1, 1 }, .0625)]
    [InlineData(new[] { 3, -3 }, 1)]
    [InlineData(new[] { 3, 1 }, .5)]
    [InlineData(new int[0], 1)]
    public void Permutations_by_hand(int[] differences, double p) => Assert.Equal(p, PairedErrors.PermutationOf(differences), 1e-12);

    [Fact]
    public void Where_every_image_stands_alone_the_tests_are_McNemars_and_DeLongs()
    {
        var (a, b) = (PairedTests.Answers(("x", 1, .9), ("y", 0, .2), ("z", 1, .4), ("w", 0, .1)),
            PairedTests.Answers(("x", 1, .7), ("y", 0, .3), ("z", 1, .8), ("w", 0, .6)));
        var comparison = PairedComparison.Of("A", a, "B", b);
        Assert.Equal(("McNemar, exact", "DeLong"), (comparison.Errors.Method, comparison.Ranking!.Method));
        Assert.Equal(comparison.Errors.Images.PValue, comparison.Errors.PValue);
        Assert.Null(comparison.Errors.ChiSquare);
        var named = new Predictions(a.ClassNames, [.. a.Items.Select(item => item with { Group = item.Id })]);
        var clustered = ClusteredAuc.Compare(named.Labels, named.PositiveScores, [.. b.Items.Select(item => item.Scores[1])],
            [.. named.Items.Select(item => item.Group)]);
        Assert.Equal(comparison.Ranking.VarianceOfDifference, clustered.VarianceOfDifference, 1e-12);
        Assert.Equal(1, clustered.VarianceCorrection, 1e-12);
        Assert.Contains("Every image counts as independent", comparison.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_variance_of_groups_of_unequal_sizes_is_corrected_by_hand()
    {
        // The positives are a group of three and one of one; the negatives stand alone and are placed alike by A, and B separates the
        // classes: only the sums of the two groups matter.
        int[] labels = [1, 1, 1, 1, 0, 0];
        double[] b = [.9, .9, .9, .9, .1, .1];
        var comparison = ClusteredAuc.Compare(labels, [.9, .9, .5, .9, .5, .5], b, ["x", "x", "x", "y", null, null]);
        Assert.Equal(.875, comparison.AucA, 1e-12);

        // Placements 1, 1, .5, 1 less .875: group x sums to -.125, y to .125. Paper: 2/1 · (2 · .125²) / 4².
        Assert.Equal(2 * 2 * .125 * .125 / 16, comparison.VarianceOfDifference, 1e-12);

        // Each divided by 1 less the group's share of the class, 3/4 and 1/4: (.125² / .25 + .125² / .75) / 4².
        Assert.Equal(
            ((.125 * .125 / .25) + (.125 * .125 / .75)) / 16, comparison.VarianceCorrection * comparison.VarianceOfDifference, 1e-12);
        Assert.Equal(1, comparison.DegreesOfFreedom, 1e-12); // 1 / (9/16 + 1/16) = 1.6 groups count, less 1, and never under 1
    }

    [Fact]
    public void A_class_of_one_group_has_no_clustered_variance() =>
        Assert.Contains("1 with positive", Assert.Throws<UndefinedMetricException>(() =>
            ClusteredAuc.Of([1, 1, 0, 0], [.9, .8, .1, .2], ["a", "a", "b", "c"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Document_2s_published_rate_ranks_worse_by_pictures_and_is_not_shown_to_by_publications()
    {
        var a = Published("02-scratch-cnn-ct", "02-official-split-at-the-published-rate");
        var b = Published("02-scratch-cnn-ct", "02-corrected");
        var images = DeLong.Compare(a.Labels, a.PositiveScores,
            [.. a.Items.Select(item => b.Items.Single(other => other.Id == item.Id).Scores[b.PositiveClass])], a.PositiveClass);

        // By the paper's sums over pictures and over publications, written out in Python.
        Assert.Equal(.00019463, images.PValue, 5e-9);
        var ranking = PairedComparison.Of("published rate", a, "corrected", b).Ranking!;
        Assert.Equal(-.11307, ranking.Difference, 5e-6);
        var normal = ranking with { DegreesOfFreedom = double.PositiveInfinity, VarianceCorrection = 1 };
        Assert.Equal(.07361, normal.PValue, 5e-6);
        Assert.Equal((-.237, .011), (Math.Round(normal.Interval().Low, 3), Math.Round(normal.Interval().High, 3)));
        Assert.InRange(ranking.PValue, .07361, .1);
    }

    [Fact]
    public void Document_3s_corrected_training_is_not_shown_to_rank_otherwise_by_publication()
    {
        var (a, b) = (Published("03-vgg19bn-ct", "03-as-published"), Published("03-vgg19bn-ct", "03-corrected-training"));
        var ranking = PairedComparison.Of("as published", a, "corrected training", b).Ranking!;
        Assert.Equal(.01254, ranking.Difference, 5e-6);

        // By the paper's sums over publications, written out in Python: variance .00091552, p = .6786 by the normal distribution.
        Assert.Equal(.67864, (ranking with { DegreesOfFreedom = double.PositiveInfinity, VarianceCorrection = 1 }).PValue, 5e-6);
        Assert.InRange(ranking.PValue, .6786, .7);
    }

    private static Predictions Published(string notebook, string name)
    {
        var store = RunStore.Published(Path.Combine(Repository.Root, "data", "published-runs"), new ManualClock())
            .Single(store => Path.GetFileName(store.Root) == notebook);
        return store.List().Single(run => run.Id.EndsWith("-" + name, StringComparison.Ordinal)).LoadPredictions();
    }

    private static Predictions Model(Func<int, bool> right) => new(["n", "p"], [.. Enumerable.Range(0, 200).Select(i =>
    {
        var group = i / 20;
        var label = group % 2;
        var score = (right(group) ? label : 1 - label) == 1 ? .8 + (i % 7 / 100.0) : .2 + (i % 5 / 100.0);
        return new Prediction($"i{i:D3}", $"patient{group}", null, label, [1 - score, score], double.NaN);
    })]);
}
