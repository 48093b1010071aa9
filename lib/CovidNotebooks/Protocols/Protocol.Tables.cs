using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Protocols;

/// <content>What a document shows: its settings, its numbers beside ours, its faults.</content>
public abstract partial record Protocol
{
    /// <summary>
    /// The published numbers beside those of a report. A number that a known fault makes meaningless is not compared, and the row says why.
    /// </summary>
    /// <param name="report">Our evaluation of the document's experiment: the same images, the same weights to start from.</param>
    public PublishedComparison Compare(EvaluationReport report) => Beside(report, hindrance: null, remark: null);

    /// <summary>
    /// The published numbers beside those of a run. Where the run's settings say that it was another experiment
    /// (<see cref="Comparability"/>), both numbers are shown and no verdict is given but the reason.
    /// </summary>
    /// <param name="report">Our evaluation.</param>
    /// <param name="parameters">The settings of the run, as stored with it.</param>
    public PublishedComparison Compare(EvaluationReport report, IReadOnlyDictionary<string, object?> parameters) =>
        Beside(
            report,
            Comparability.Differences(this, parameters) is { Count: > 0 } differences ? string.Join("; ", differences) : null,
            Comparability.Remark(this, parameters));

    /// <inheritdoc/>
    public override DisplayDocument Describe() => SettingsTable().Add(PublishedTable()).Add(DefectsTable());

    /// <summary>
    /// Whether a matrix could have given the document's numbers: each that is a share of a matrix agrees, rounded or cut.
    /// </summary>
    /// <param name="matrix">Two classes, in the document's order.</param>
    /// <param name="numbers">The numbers; null for all that the document prints.</param>
    /// <param name="cut">True: cut only; false: rounded only; null: either.</param>
    public bool Explains(ConfusionMatrix matrix, IEnumerable<PublishedNumber>? numbers = null, bool? cut = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return (numbers ?? Published).All(number =>
            number.Metric is not { } name
                || Metric.Find(name)?.OfCounts is not { } value
                || number.Agrees(value(matrix, PositiveClass), cut));
    }

    /// <summary>The settings: which differ from the document's, and all of them as a table that is folded away.</summary>
    public DisplayDocument SettingsTable()
    {
        var settings = Settings;
        var changed = settings.Where(setting => setting.IsChanged)
            .Select(setting =>
                $"{setting.Name} {DisplayedSetting.Text(setting.Used)} instead of {DisplayedSetting.Text(setting.Published)}").ToList();
        var document = new DisplayDocument()
            .Say(
                changed.Count == 0
                    ? $"All {settings.Count} settings are as published."
                    : $"{changed.Count} of {settings.Count} settings differ from the document's: {string.Join("; ", changed)}.",
                ParagraphKind.Finding);
        return (TrunkWords is { } words ? document.Say($"The trunk is {words}.", ParagraphKind.Finding) : document)
            .Fold($"Document {Number} ({Framework}): settings, each with its place", Table.Of(
                null,
                settings,
                ("setting", setting => setting.Name),
                ("published", setting => DisplayedSetting.Text(setting.Published)),
                ("used", setting => new TableCell(DisplayedSetting.Text(setting.Used), Strong: setting.IsChanged)),
                ("in the document", setting => setting.Source.ToString()),
                ("remark", setting => setting.Remark ?? "")));
    }

    /// <summary>What the network stands on, where others trained it; null where that was not chosen, or nobody did.</summary>
    private protected virtual string? TrunkWords => null;

    /// <summary>The published numbers as a table.</summary>
    public Table PublishedTable() => Table.Of(
        $"Document {Number}: published numbers",
        Published,
        ("number", number => number.Name),
        ("value", number => new TableCell(DisplayedNumber.Fixed(number.Value, number.Decimals))),
        ("in the document", number => number.Source.ToString()),
        ("what is wrong with it", number => number.Doubt ?? ""));

    /// <summary>The known faults: how many of which kind, and each in a sentence or two.</summary>
    public DisplayDocument DefectsTable() => new DisplayDocument()
        .Say(
            $"{Defects.Count} faults are known: "
                + $"{string.Join(", ", Defects.CountBy(defect => KindText(defect.Kind)).Select(kind => $"{kind.Value} {kind.Key}"))}.",
            ParagraphKind.Finding)
        .Fold(
            $"Document {Number}: each fault in a sentence or two",
            Table.Of(null, Defects, ("kind", defect => KindText(defect.Kind)), ("fault", defect => defect.Text)));

    private PublishedComparison Beside(EvaluationReport report, string? hindrance, string? remark) => new(
        $"Document {Number}: published numbers beside ours",
        [.. Published.Select(number => new PublishedResult(
            NameWithMetric(number),
            number.Value,
            number.Decimals,
            number.Metric is null ? null : report[number.Metric],
            number.Metric is null ? number.Doubt ?? "it is no metric of the test images" : hindrance,
            remark))]);

    private static string NameWithMetric(PublishedNumber number) =>
        number.Metric is null || number.Name.EndsWith(Metric.WordsOf(number.Metric), StringComparison.OrdinalIgnoreCase) ? number.Name
        : $"{number.Name} (it is: {Metric.WordsOf(number.Metric)})";

    private static string KindText(DefectKind kind) => kind switch
    {
        DefectKind.Contradiction => "numbers contradict each other",
        DefectKind.Method => "code or method",
        DefectKind.Claim => "claim not supported",
        DefectKind.Damage => "damaged text",
        _ => "outside the text",
    };
}
