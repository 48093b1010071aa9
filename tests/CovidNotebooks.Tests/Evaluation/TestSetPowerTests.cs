using CovidNotebooks.Evaluation;

namespace Tests.Evaluation;

/// <summary>What a test set can show: hand calculations of the card.</summary>
public class TestSetPowerTests
{
    [Fact]
    public void Images_that_stand_alone_all_count()
    {
        var power = TestSetPower.Of([.. Enumerable.Repeat<string?>(null, 400)], new PowerOptions { ExpectedShare = .8 });
        Assert.Equal((400, 400, 1.0, 400.0), (power.Images, power.Groups, power.DesignEffect, power.EffectiveImages));

        // 1.96² · .8 · .2 / .05² = 245.9, so 246 images for ± .05; 400 give about ± .039.
        Assert.Equal(246, power.GroupsNeeded);
        Assert.Equal(.0784, power.ExpectedInterval!.Value.Width, .001);

        // With normal quantiles 2.8016 √(.2 / (400 + 2.8016²)) = .0620; Student's t on 399 degrees of freedom makes it a little more.
        Assert.Equal(.0621, power.SmallestDifference!.Value, .0003);
    }

    [Fact]
    public void Groups_of_one_size_have_the_textbook_design_effect()
    {
        // 1 + (5 - 1) · .3 = 2.2.
        string?[] groups = [.. Enumerable.Range(0, 100).Select(i => $"p{i / 5}")];
        var power = TestSetPower.Of(groups, new PowerOptions { WithinGroupCorrelation = .3 });
        Assert.Equal(2.2, power.DesignEffect, 1e-12);
        Assert.Equal(100 / 2.2, power.EffectiveImages, 1e-12);
        Assert.Equal((int)Math.Ceiling(245.85 * 2.2 * 20 / 100), power.GroupsNeeded);
        Assert.Contains("20 (few)", power.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("assumed", power.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_that_are_alike_within_patients_have_a_correlation_of_1_and_count_once_a_patient()
    {
        var power = TestSetPower.Of(BootstrapTests.Answers(40, imagesPerPatient: 3));
        Assert.True(power.CorrelationIsEstimated);
        Assert.Equal(1, power.WithinGroupCorrelation, 1e-12);
        Assert.Equal(40, power.EffectiveImages, 1e-9);
        Assert.Equal(.75, power.ExpectedShare, 1e-12);
    }

    [Fact]
    public void The_analysis_of_variance_by_hand()
    {
        // Groups (1, 0), (1, 1), (0, 0): between 2 · (0 + .25 + .25) / 2 = .5, within .5 / 3, size 2: (.5 - .16667) / (.5 + .16667) = .5.
        var answers = new[] { ("a", true), ("a", false), ("b", true), ("b", true), ("c", false), ("c", false) }
            .Select((own, i) => new Prediction($"{i}", own.Item1, null, 1, own.Item2 ? [0, 1] : [1, 0], double.NaN));
        Assert.Equal(.5, TestSetPower.Of(new Predictions(["n", "p"], [.. answers])).WithinGroupCorrelation, 1e-12);
    }

    [Fact]
    public void A_comparison_counts_on_how_many_images_the_models_differ()
    {
        var a = BootstrapTests.Answers(40, imagesPerPatient: 1);
        var b = new Predictions(a.ClassNames, [.. a.Items.Select((item, i) => i % 10 == 0 ? item with { Scores = [item.Scores[1],
            item.Scores[0]] } : item)]);
        var card = TestSetPower.Of(a, b).ToPlainText();
        Assert.Contains("differ on 10 % of the images", card, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TestSetPower.Of(a, BootstrapTests.Answers(30, 1)));
    }

    [Fact]
    public void Images_whose_group_is_unknown_are_counted_on_the_card()
    {
        var power = TestSetPower.Of(
            [.. Enumerable.Repeat<string?>("p", 5), null, null, .. Enumerable.Range(0, 20).Select(i => $"q{i / 2}")]);
        Assert.Equal((27, 13, 2), (power.Images, power.Groups, power.ImagesWithoutGroup));
        Assert.Contains("for 2 images", power.ToPlainText(), StringComparison.Ordinal);
        Assert.DoesNotContain("unknown", TestSetPower.Of(["p", "q"]).ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_takes_the_correlation_of_the_difference_for_the_difference_and_that_of_the_answers_for_the_interval()
    {
        // A is right or wrong on whole patients; B answers otherwise on the first image of each, so that the difference is spread evenly.
        var a = BootstrapTests.Answers(40, imagesPerPatient: 3);
        var b = new Predictions(a.ClassNames, [.. a.Items.Select((item, i) => i % 3 == 0 ? item with { Scores = [item.Scores[1],
            item.Scores[0]] } : item)]);
        var (alone, pair) = (TestSetPower.Of(a), TestSetPower.Of(a, b));
        Assert.Equal(1, pair.WithinGroupCorrelation, 1e-12);
        Assert.Equal(0, pair.CorrelationOfDifference, 1e-12);
        Assert.Equal(alone.ExpectedInterval, pair.ExpectedInterval);

        // All 120 images count for the difference: t quantiles on 39 degrees of freedom, 2.0227 + .8511; a third of the images differ.
        const double Reach = 2.0227 + .8511;
        Assert.Equal(Reach * Math.Sqrt(1 / 3.0 / (120 + (Reach * Reach))), pair.SmallestDifference!.Value, 1e-4);
        Assert.Equal(pair.SmallestDifference, PairedComparison.Of("a", a, "b", b).Power.SmallestDifference);
        Assert.Contains("What can this test set show?", PairedComparison.Of("a", a, "b", b).ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_images_see_no_difference_at_all()
    {
        Assert.Null(TestSetPower.Of(["a", "a", "b"]).SmallestDifference);
        Assert.Null(TestSetPower.Of(["a", "a"]).ExpectedInterval);
        Assert.Throws<UndefinedMetricException>(() => TestSetPower.Of(Array.Empty<string?>()));
        Assert.Throws<ArgumentOutOfRangeException>(() => TestSetPower.Of(["a"], new PowerOptions { Power = 1 }));
    }
}
