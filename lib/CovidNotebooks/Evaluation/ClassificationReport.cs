using System.Globalization;
using System.Text;
using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// Precision, recall and F1 of each class, with the very text that scikit-learn 1.2's <c>classification_report</c> prints.
/// </summary>
[TypeFormatterSource(typeof(DisplayedFormatters))]
public sealed class ClassificationReport : IDisplayed
{
    private const string LongestHeading = "weighted avg";
    private static readonly string[] Headers = ["precision", "recall", "f1-score", "support"];

    /// <summary>
    /// Where not one image was classified rightly, scikit-learn 1.2 counts in floating point, and its text says "5.0" for a support of 5.
    /// </summary>
    private readonly bool supportIsFloat;

    private ClassificationReport(IReadOnlyList<KeyValuePair<string, ClassScores>> classes, ClassScores micro, bool microIsAccuracy,
        bool nothingRight)
    {
        supportIsFloat = nothingRight;
        Classes = classes;
        MicroAverage = micro;
        MicroAverageIsAccuracy = microIsAccuracy;
        var scores = classes.Select(entry => entry.Value).ToArray();
        MacroAverage = new ClassScores(Mean(scores, s => s.Precision), Mean(scores, s => s.Recall), Mean(scores, s => s.F1), micro.Support);
        WeightedAverage = new ClassScores(Weighted(scores, s => s.Precision), Weighted(scores, s => s.Recall), Weighted(scores, s => s.F1),
            micro.Support);
    }

    /// <summary>The reported classes, in order, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, ClassScores>> Classes { get; }

    /// <summary>Over all images of the reported classes together.</summary>
    public ClassScores MicroAverage { get; }

    /// <summary>Whether exactly the classes that occur are reported, so that the micro average is the accuracy and is called so.</summary>
    public bool MicroAverageIsAccuracy { get; }

    /// <summary>The plain mean over the classes.</summary>
    public ClassScores MacroAverage { get; }

    /// <summary>The mean over the classes, weighted by their support.</summary>
    public ClassScores WeightedAverage { get; }

    /// <summary>
    /// The share of images that were classified rightly; null where the report leaves classes out or holds one that does not occur.
    /// </summary>
    public double? Accuracy => MicroAverageIsAccuracy ? MicroAverage.Precision : null;

    /// <summary>Computes the report.</summary>
    /// <param name="labels">True classes, from 0.</param>
    /// <param name="predicted">Predicted classes, in the same order.</param>
    /// <param name="classNames">One name a class, indexed by the class.</param>
    /// <param name="reported">
    /// The classes to report, in this order; by default those that occur as truth or as prediction. With a class that occurs nowhere, or
    /// without one that does, "accuracy" becomes "micro avg", as in scikit-learn.
    /// </param>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    /// <exception cref="ArgumentException">The lists differ in length, a class has no name, or a class is to be reported twice.</exception>
    public static ClassificationReport Of(IReadOnlyList<int> labels, IReadOnlyList<int> predicted, IReadOnlyList<string> classNames,
        IReadOnlyList<int>? reported = null) =>
        Of(ConfusionMatrix.Of(labels, predicted, classNames), reported);

    /// <summary>Computes the report from counts, for example published ones.</summary>
    /// <inheritdoc cref="Of(IReadOnlyList{int}, IReadOnlyList{int}, IReadOnlyList{string}, IReadOnlyList{int}?)"/>
    public static ClassificationReport Of(ConfusionMatrix confusion, IReadOnlyList<int>? reported = null)
    {
        if (confusion.Total == 0)
        {
            throw new UndefinedMetricException("classification report", "there are 0 images, it needs at least 1.");
        }

        var occurring = Enumerable.Range(0, confusion.Size).Where(label => confusion.RowTotal(label) + confusion.ColumnTotal(label) > 0)
            .ToArray();
        var chosen = reported ?? occurring;
        if (chosen.Count == 0 || chosen.Distinct().Count() != chosen.Count || chosen.Any(label => label < 0 || label >= confusion.Size))
        {
            throw new ArgumentException($"The classes to report are [{string.Join(", ", chosen)}]; expected at least one class, each "
                + $"once, between 0 and {confusion.Size - 1}.", nameof(reported));
        }

        var classes = chosen.Select(label => KeyValuePair.Create(confusion.ClassNames[label],
            Scores(confusion[label, label], confusion.ColumnTotal(label), confusion.RowTotal(label)))).ToArray();
        var micro = Scores(chosen.Sum(label => confusion[label, label]), chosen.Sum(confusion.ColumnTotal), chosen.Sum(confusion.RowTotal));
        return new ClassificationReport(classes, micro, chosen.Order().SequenceEqual(occurring), confusion.Correct == 0);
    }

    /// <summary>The report of a model's answers.</summary>
    public static ClassificationReport Of(Predictions predictions) => Of(predictions.Confusion);

    /// <summary>The text that scikit-learn 1.2 prints, with '\n' line ends.</summary>
    /// <param name="digits">Decimals, 0 to 15; 2 by default.</param>
    public string ToText(int digits = 2)
    {
        var width = Math.Max(Math.Max(Classes.Max(entry => TextLength(entry.Key)), LongestHeading.Length), digits);
        var text = new StringBuilder(Right(string.Empty, width)).Append(' ');
        foreach (var header in Headers)
        {
            text.Append(' ').Append(Right(header, 9));
        }

        text.Append("\n\n");
        foreach (var (name, scores) in Classes)
        {
            AppendRow(text, name, scores, width, digits);
        }

        text.Append('\n');
        if (MicroAverageIsAccuracy)
        {
            text.Append(Right("accuracy", width)).Append(' ', 22).Append(Right(DisplayedNumber.Fixed(MicroAverage.F1, digits), 9));
            AppendSupport(text, MicroAverage);
        }
        else
        {
            AppendRow(text, "micro avg", MicroAverage, width, digits);
        }

        AppendRow(text, "macro avg", MacroAverage, width, digits);
        AppendRow(text, LongestHeading, WeightedAverage, width, digits);
        return text.ToString();
    }

    /// <summary>
    /// The form of scikit-learn's <c>output_dict=True</c>: each class and average by name, its value a dictionary with <c>precision</c>,
    /// <c>recall</c>, <c>f1-score</c> and <c>support</c>; <c>accuracy</c>, where it is one, a plain number.
    /// </summary>
    public IReadOnlyDictionary<string, object> ToDictionary()
    {
        var entries = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, scores) in Classes)
        {
            entries[name] = Entry(scores);
        }

        if (MicroAverageIsAccuracy)
        {
            entries["accuracy"] = MicroAverage.Precision;
        }
        else
        {
            entries["micro avg"] = Entry(MicroAverage);
        }

        entries["macro avg"] = Entry(MacroAverage);
        entries[LongestHeading] = Entry(WeightedAverage);
        return entries;
    }

    /// <inheritdoc/>
    public string ToHtml()
    {
        var table = new Table("Classification report", [TableColumn.Text("class"), .. Headers.Select(TableColumn.Number)]);
        foreach (var (name, scores) in Classes)
        {
            AddRow(table, name, scores);
        }

        if (MicroAverageIsAccuracy)
        {
            table.Add("accuracy", string.Empty, string.Empty, DisplayedNumber.Fixed(MicroAverage.F1), SupportText(MicroAverage));
        }
        else
        {
            AddRow(table, "micro avg", MicroAverage);
        }

        AddRow(table, "macro avg", MacroAverage);
        AddRow(table, LongestHeading, WeightedAverage);
        return table.ToHtml();
    }

    /// <inheritdoc/>
    public string ToPlainText() => ToText();

    /// <inheritdoc/>
    public override string ToString() => ToText();

    private static ClassScores Scores(int hits, int predicted, int actual)
    {
        var precision = predicted == 0 ? 0 : (double)hits / predicted;
        var recall = actual == 0 ? 0 : (double)hits / actual;
        return new ClassScores(precision, recall, ClassScores.HarmonicMean(precision, recall), actual);
    }

    private static double Mean(ClassScores[] scores, Func<ClassScores, double> value) =>
        PairwiseSum.Of(scores.Select(value).ToArray()) / scores.Length;

    private static double Weighted(ClassScores[] scores, Func<ClassScores, double> value)
    {
        double support = scores.Sum(s => s.Support);
        return support == 0 ? 0 : PairwiseSum.Of(scores.Select(s => value(s) * s.Support).ToArray()) / support;
    }

    private void AppendRow(StringBuilder text, string name, ClassScores scores, int width, int digits)
    {
        text.Append(Right(name, width)).Append(' ');
        foreach (var value in (double[])[scores.Precision, scores.Recall, scores.F1])
        {
            text.Append(' ').Append(Right(DisplayedNumber.Fixed(value, digits), 9));
        }

        AppendSupport(text, scores);
    }

    private void AppendSupport(StringBuilder text, ClassScores scores) =>
        text.Append(' ').Append(Right(SupportText(scores) + (supportIsFloat ? ".0" : string.Empty), 9)).Append('\n');

    private static void AddRow(Table table, string name, ClassScores scores) =>
        table.Add(name, DisplayedNumber.Fixed(scores.Precision), DisplayedNumber.Fixed(scores.Recall), DisplayedNumber.Fixed(scores.F1),
            SupportText(scores));

    private static Dictionary<string, double> Entry(ClassScores scores) => new(StringComparer.Ordinal)
    {
        ["precision"] = scores.Precision,
        ["recall"] = scores.Recall,
        ["f1-score"] = scores.F1,
        ["support"] = scores.Support,
    };

    private static string SupportText(ClassScores scores) => scores.Support.ToString(CultureInfo.InvariantCulture);

    /// <summary>The length as Python counts it: a letter beyond the basic plane is one.</summary>
    private static int TextLength(string text) => text.EnumerateRunes().Count();

    private static string Right(string text, int width) => new string(' ', Math.Max(0, width - TextLength(text))) + text;
}
