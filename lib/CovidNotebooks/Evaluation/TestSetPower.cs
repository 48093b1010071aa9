using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;
using MathNet.Numerics.Distributions;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// What a test set can show: images that come in groups count for fewer (Kish's design effect with the weighted mean size of a group), and
/// from that effective number
/// follow the width of an interval, the smallest difference between two models that would be seen, and how many patients it would take.
/// </summary>
public sealed class TestSetPower : Displayed
{
    private readonly PowerOptions options;

    private readonly double weightedSize;
    private double? differenceCorrelation;

    private TestSetPower(IReadOnlyList<string?> groups, int[] sizes, double correlation, bool isEstimated, PowerOptions options)
    {
        this.options = options;
        Images = groups.Count;
        Groups = sizes.Length;
        ImagesWithoutGroup = groups.Count(group => group is null);
        WithinGroupCorrelation = correlation;
        CorrelationIsEstimated = isEstimated;
        weightedSize = sizes.Sum(size => (double)size * size) / Images;
    }

    /// <summary>Images of the test set.</summary>
    public int Images { get; }

    /// <summary>Groups (patients, publications) that they are of; images without a group count as one each.</summary>
    public int Groups { get; }

    /// <summary>Images whose group is not known: they are taken to stand alone, and may not.</summary>
    public int ImagesWithoutGroup { get; }

    /// <summary>How alike the answers about images of one group are.</summary>
    public double WithinGroupCorrelation { get; }

    /// <summary>Whether that was estimated from answers, or taken for granted.</summary>
    public bool CorrelationIsEstimated { get; }

    /// <summary>
    /// How alike the difference between two models is on images of one group; estimated after a comparison, else
    /// <see cref="WithinGroupCorrelation"/>.
    /// </summary>
    public double CorrelationOfDifference => differenceCorrelation ?? WithinGroupCorrelation;

    /// <summary>How many images count for one that stands alone: 1 + (m - 1) ρ with m the mean size of a group, weighted by size.</summary>
    public double DesignEffect => 1 + ((weightedSize - 1) * WithinGroupCorrelation);

    /// <summary>Images that stand alone and would say as much.</summary>
    public double EffectiveImages => Images / DesignEffect;

    /// <summary>The share of right answers that all is computed for.</summary>
    public double ExpectedShare => options.ExpectedShare;

    /// <summary>The interval that such a share would have; null with one group.</summary>
    public Interval? ExpectedInterval => Groups < 2 ? null
        : new Jackknifed(ExpectedShare, ExpectedShare * (1 - ExpectedShare) / EffectiveImages, Groups - 1, Groups)
        .Interval(MetricScale.Share, options.Confidence);

    /// <summary>
    /// The smallest difference between the accuracies of two models on these images that a paired test would find with the power asked for;
    /// null where it would miss even
    /// one in which all images that they differ on are won by one of them.
    /// </summary>
    public double? SmallestDifference
    {
        get
        {
            if (Groups < 2)
            {
                return null;
            }

            // The variance of a paired difference d is (disagreement - d²) / n.
            var reach = StudentQuantile.Of(options.Confidence, Groups - 1) + StudentT.InvCDF(0, 1, Groups - 1, options.Power);
            var images = Images / (1 + ((weightedSize - 1) * CorrelationOfDifference));
            var difference = reach * Math.Sqrt(options.Disagreement / (images + (reach * reach)));
            return difference < options.Disagreement ? difference : null;
        }
    }

    /// <summary>Groups like these that an interval of the half width asked for would take.</summary>
    public int GroupsNeeded
    {
        get
        {
            var z = Wilson.Quantile(options.Confidence);
            var images = z * z * ExpectedShare * (1 - ExpectedShare) / (options.HalfWidth * options.HalfWidth) * DesignEffect;
            return (int)Math.Ceiling(images * Groups / Images);
        }
    }

    /// <summary>Before a test: from the groups alone.</summary>
    /// <param name="groups">The group of each image; null where none is known.</param>
    /// <param name="options">What is taken for granted.</param>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static TestSetPower Of(IReadOnlyList<string?> groups, PowerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        options ??= new PowerOptions();
        options.Validate();
        var grouping = Sized(groups);
        return new TestSetPower(groups, grouping.Sizes, grouping.HasSeveral ? options.WithinGroupCorrelation : 0, isEstimated: false,
            options);
    }

    /// <summary>Before a test: from the groups of its images.</summary>
    /// <param name="images">The test images.</param>
    /// <param name="options">What is taken for granted.</param>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static TestSetPower Of(ImageDataset images, PowerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Of([.. images.Images.Select(image => image.Group)], options);
    }

    /// <summary>After a test: accuracy and correlation are those of the answers.</summary>
    /// <param name="predictions">A model's answers.</param>
    /// <param name="options">What is taken for granted besides.</param>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static TestSetPower Of(Predictions predictions, PowerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        options ??= new PowerOptions();
        options.Validate();
        string?[] groups = [.. predictions.Items.Select(item => item.Group)];
        var grouping = Sized(groups);
        var right = predictions.Items.Select(item => item.IsCorrect ? 1.0 : 0).ToArray();
        var accuracy = right.Average();
        var correlation = IntraclassCorrelation(right, grouping);
        return new TestSetPower(
            groups,
            grouping.Sizes,
            correlation ?? (grouping.HasSeveral ? options.WithinGroupCorrelation : 0),
            correlation is not null,
            accuracy is > 0 and < 1 ? options with { ExpectedShare = accuracy } : options);
    }

    /// <summary>
    /// After a comparison of two models: their disagreement is counted, and how alike their difference is within a group is estimated.
    /// </summary>
    /// <exception cref="ArgumentException">They answered about different images.</exception>
    public static TestSetPower Of(Predictions a, Predictions b, PowerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (PairedComparison.Hindrance("A", a, "B", b) is { } hindrance)
        {
            throw new ArgumentException(hindrance, nameof(b));
        }

        options ??= new PowerOptions();
        var byId = b.Items.ToDictionary(item => item.Id, StringComparer.Ordinal);
        var differences = a.Items.Select(item => (item.IsCorrect ? 1.0 : 0) - (byId[item.Id].IsCorrect ? 1 : 0)).ToArray();
        var disagreement = differences.Average(Math.Abs);
        var both = new Predictions(a.ClassNames, [.. a.Items.Select(item => item with { Group = item.Group ?? byId[item.Id].Group })],
            a.PositiveClass);
        var power = Of(both, disagreement > 0 ? options with { Disagreement = disagreement } : options);
        power.differenceCorrelation = IntraclassCorrelation(differences, Grouping.Of(both));
        return power;
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsCard();

    /// <summary>
    /// The analysis-of-variance estimate (Donner and Koval 1980), cut to [0, 1]; null where no group has several images or all values are
    /// equal.
    /// </summary>
    internal static double? IntraclassCorrelation(double[] values, Grouping grouping)
    {
        if (!grouping.HasSeveral || grouping.Count < 2 || values.All(value => value == values[0]))
        {
            return null;
        }

        double n = values.Length, k = grouping.Count, mean = values.Average();
        var means = grouping.Sums(i => values[i]).Zip(grouping.Sizes, (sum, size) => sum / size).ToArray();
        var between = means.Zip(grouping.Sizes, (own, size) => size * (own - mean) * (own - mean)).Sum() / (k - 1);
        var within = values.Select((value, i) => value - means[grouping.OfImage[i]]).Sum(rest => rest * rest) / (n - k);
        var size = (n - (grouping.Sizes.Sum(own => (double)own * own) / n)) / (k - 1);
        return Math.Clamp((between - within) / (between + ((size - 1) * within)), 0, 1);
    }

    private static Grouping Sized(IReadOnlyList<string?> groups) =>
        groups.Count > 0 ? Grouping.Of(groups) : throw new UndefinedMetricException("power", "there are 0 images, it needs at least 1.");

    internal Card AsCard()
    {
        string Number(double value, int decimals = 0) =>
            value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var card = new Card("What can this test set show?")
            .Add("images", Number(Images))
            .Add("groups", Number(Groups) + (Groups < MetricEstimate.FewGroups ? " (few)" : ""));
        if (ImagesWithoutGroup > 0)
        {
            var images = DisplayedNumber.Counted(ImagesWithoutGroup, "image", "images");
            card.Add("groups unknown", $"for {images}, each taken to stand alone; if not, fewer count");
        }

        if (Groups < Images)
        {
            card.Add("correlation in a group",
                $"{DisplayedNumber.Fixed(WithinGroupCorrelation, 2)}, {(CorrelationIsEstimated ? "estimated" : "assumed")}"
                    + (differenceCorrelation is { } own ? $"; of the difference {DisplayedNumber.Fixed(own, 2)}" : ""))
                .Add("images that count", $"{Number(EffectiveImages)} (design effect {DisplayedNumber.Fixed(DesignEffect, 2)})");
        }

        return card
            .Add($"interval of an accuracy of {DisplayedNumber.Fixed(ExpectedShare, 2)}", ExpectedInterval is { } interval
            ? $"{interval.ToText(2)}, {DisplayedNumber.Fixed(interval.Width, 2)} wide" : "none from one group")
            .Add(
                "smallest difference seen",
                (SmallestDifference is { } difference ? $"{DisplayedNumber.Fixed(difference, 2)}" : "none")
                + $", with {DisplayedNumber.Fixed(100 * options.Power, 0)} % power where two models differ on "
                + $"{DisplayedNumber.Fixed(100 * options.Disagreement, 0)} % of the images")
            .Add(
                $"groups for ± {DisplayedNumber.Fixed(options.HalfWidth, 2)}",
                Number(GroupsNeeded) + (GroupsNeeded <= Groups ? ": there are enough" : ""));
    }
}
