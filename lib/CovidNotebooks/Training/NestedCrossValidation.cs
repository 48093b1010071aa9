using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Recording;

namespace CovidNotebooks.Training;

/// <summary>
/// Choosing settings and measuring what the choice is worth on one small data set: the inner folds choose, the outer folds measure, and no
/// image is used for both at once.
/// </summary>
/// <remarks>
/// The estimate is of the whole procedure, the choice among these options included, not of one model (Varma and Simon, BMC Bioinformatics
/// 7:91, 2006).
/// </remarks>
public sealed class NestedCrossValidation : Displayed
{
    private NestedCrossValidation(
        IReadOnlyList<NestedFold> folds,
        Metric metric,
        IReadOnlyList<IReadOnlyList<double>> scores,
        IReadOnlyList<int> chosen,
        IReadOnlyList<string> names,
        Predictions together)
    {
        (Folds, Metric, Scores, Chosen, OptionNames, Together) = (folds, metric, scores, chosen, names, together);
    }

    /// <summary>The folds.</summary>
    public IReadOnlyList<NestedFold> Folds { get; }

    /// <summary>What the inner folds choose by.</summary>
    public Metric Metric { get; }

    /// <summary>Of each outer fold the metric of each of the options, over the answers of its inner folds together.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Scores { get; }

    /// <summary>Of each outer fold the place of the chosen options.</summary>
    public IReadOnlyList<int> Chosen { get; }

    /// <summary>What the options are called: the settings in which they differ.</summary>
    public IReadOnlyList<string> OptionNames { get; }

    /// <summary>The answers about all images, each by a model that was chosen and trained without its group; sorted by id.</summary>
    public Predictions Together { get; }

    /// <summary>Trains options × outer × inner times to choose, and once an outer fold to measure.</summary>
    /// <typeparam name="TOptions">A record of options.</typeparam>
    /// <param name="images">All images, two classes or more.</param>
    /// <param name="seed">Of the folds.</param>
    /// <param name="options">What is chosen among; at least two different ones. Of equals the first is chosen.</param>
    /// <param name="answer">Trains with options on the first data set and answers about the second.</param>
    /// <param name="metric">
    /// What to choose by; by default the log loss, which is defined on any answers and takes every score into account.
    /// </param>
    /// <param name="outer">How many outer folds; at least 2. Default 5.</param>
    /// <param name="inner">How many inner folds; at least 2. Default 4.</param>
    /// <exception cref="DataException">There are too few groups for so many folds.</exception>
    public static NestedCrossValidation Over<TOptions>(
        ImageDataset images,
        long seed,
        IReadOnlyList<TOptions> options,
        Func<TOptions, ImageDataset, ImageDataset, Predictions> answer,
        Metric? metric = null,
        int outer = 5,
        int inner = 4)
        where TOptions : notnull
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(answer);
        var names = Names(options);
        if (names.Distinct(StringComparer.Ordinal).Count() < Math.Max(2, options.Count))
        {
            throw new ArgumentException(
                $"There are {options.Count} options, and a choice needs at least two that differ. Use {nameof(CrossValidation)} where "
                    + "there is nothing to choose.",
                nameof(options));
        }

        metric ??= Metric.Named(MetricNames.LogLoss);
        var sign = metric.Direction == MetricDirection.HigherIsBetter ? 1 : -1;
        var folds = NestedFold.Of(images, seed, outer, inner);
        var (scores, chosen, answers) = (new List<double[]>(), new List<int>(), new List<Predictions>());
        foreach (var fold in folds)
        {
            double[] own =
            [
                .. options.Select(option =>
                    metric.Of(CrossValidation.Joined([.. fold.Inner.Select(part => answer(option, part.Train, part.Validation))]))),
            ];
            var best = Enumerable.Range(0, own.Length).MaxBy(i => double.IsFinite(own[i]) ? sign * own[i] : double.NegativeInfinity);
            scores.Add(own);
            chosen.Add(best);
            answers.Add(answer(options[best], fold.Development, fold.Test));
        }

        return new NestedCrossValidation(folds, metric, scores, chosen, names, CrossValidation.Joined(answers));
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var all = BinaryMetrics.Of(Together);
        return new DisplayDocument()
            .Say(
                $"{Folds.Count} outer folds by group, each image answered once by a model that was chosen without it: accuracy "
                    + $"{all.Accuracy}.",
                ParagraphKind.Finding)
            .Say(Chosen.Distinct().Count() == 1 ? $"Every fold chose {OptionNames[Chosen[0]]}."
                : $"The folds did not choose alike ({string.Join("; ", Chosen.Select(i => OptionNames[i]))}): "
                    + "the data are too few to settle it.")
            .Add(Table.Of(
                $"{Metric.Words} in the inner folds",
                Folds.Select((_, i) => i),
                [
                    ("outer fold", i => i + 1),
                    ("images", i => Folds[i].Test.Count),
                    .. OptionNames.Select((name, option) => (name, (Func<int, object?>)(i => Scores[i][option]))),
                    ("chosen", i => OptionNames[Chosen[i]]),
                ]));
    }

    private static string[] Names<TOptions>(IReadOnlyList<TOptions> options)
        where TOptions : notnull
    {
        var settings = options.Select(option =>
            FlatSettings.Of(option)
                .ToDictionary(pair => pair.Key, pair => DisplayedNumber.ValueText(pair.Value), StringComparer.Ordinal)).ToArray();
        var differing = settings.SelectMany(own => own.Keys).Distinct(StringComparer.Ordinal)
            .Where(name => settings.Select(own => own.GetValueOrDefault(name)).Distinct(StringComparer.Ordinal).Count() > 1).ToArray();
        return
        [
            .. settings.Select(
                own => string.Join(", ", differing.Select(name => $"{name} {own.GetValueOrDefault(name) ?? DisplayedNumber.None}"))),
        ];
    }
}
