using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Protocols;

/// <summary>A document's experiment: its settings, its published numbers and its known faults. A derived record holds the settings as typed properties.</summary>
public abstract record Protocol : IDisplayed
{
    /// <summary>The five documents, in their order, as published.</summary>
    public static IReadOnlyList<Protocol> All { get; } = [new Document1(), new Document2(), new Document3(), new Document4(), new Document5()];

    /// <summary>The document's number, 1 to 5.</summary>
    public abstract int Number { get; }

    /// <summary>Its title, as printed or in short.</summary>
    public abstract Quotation Title { get; }

    /// <summary>The framework that it used.</summary>
    public abstract string Framework { get; }

    /// <summary>The data set that it used, in a sentence.</summary>
    public abstract string Data { get; }

    /// <summary>
    /// The catalogue's name (<see cref="CovidNotebooks.Data.Datasets"/>) of the images that its numbers are about; null where they cannot be had any more and a
    /// run on anything else cannot be compared with it.
    /// </summary>
    public abstract string? Dataset { get; }

    /// <summary>What its network starts from, as a run's setting <c>weights</c> says it: <c>none</c> (random numbers) or <c>imagenet</c>.</summary>
    public abstract string Weights { get; }

    /// <summary>Names of the classes, in the order of the class numbers of its framework.</summary>
    public abstract IReadOnlyList<string> ClassNames { get; }

    /// <summary>The class that sensitivity and ROC are about in our evaluation.</summary>
    public abstract int PositiveClass { get; }

    /// <summary>Its settings, each with the place that it stands on.</summary>
    public abstract IReadOnlyList<Setting> Settings { get; }

    /// <summary>The numbers that it prints.</summary>
    public abstract IReadOnlyList<PublishedNumber> Published { get; }

    /// <summary>The confusion matrices that it prints, and those that its numbers force.</summary>
    public abstract IReadOnlyList<PublishedMatrix> Matrices { get; }

    /// <summary>What is known to be wrong with it.</summary>
    public abstract IReadOnlyList<Defect> Defects { get; }

    /// <summary>The settings as a run's parameters.</summary>
    public IReadOnlyDictionary<string, object?> ToParameters()
    {
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { ["document"] = Number };
        foreach (var setting in Settings)
        {
            parameters[setting.Name] = setting.Used;
        }

        return parameters;
    }

    /// <summary>The published numbers beside those of a report. A number that a known fault makes meaningless is not compared, and the row says why.</summary>
    /// <param name="report">Our evaluation of the document's experiment: the same images, the same weights to start from.</param>
    public PublishedComparison Compare(EvaluationReport report) => Beside(report, hindrance: null);

    /// <summary>
    /// The published numbers beside those of a run. Where the run's settings say that it was another experiment (<see cref="Comparability"/>), both numbers are shown and
    /// no verdict is given but the reason.
    /// </summary>
    /// <param name="report">Our evaluation.</param>
    /// <param name="parameters">The settings of the run, as stored with it.</param>
    public PublishedComparison Compare(EvaluationReport report, IReadOnlyDictionary<string, object?> parameters) =>
        Beside(report, Comparability.Differences(this, parameters) is { Count: > 0 } differences ? string.Join("; ", differences) : null);

    /// <inheritdoc/>
    public string ToHtml() => SettingsTable().ToHtml() + PublishedTable().ToHtml() + DefectsTable().ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => $"{SettingsTable().ToPlainText()}\n{PublishedTable().ToPlainText()}\n{DefectsTable().ToPlainText()}";

    /// <summary>The settings as a table.</summary>
    public HtmlTable SettingsTable()
    {
        var table = new HtmlTable($"Document {Number} ({Framework}): settings", TableColumn.Text("setting"), TableColumn.Text("published"), TableColumn.Text("used"), TableColumn.Text("in the document"), TableColumn.Text("remark"));
        foreach (var setting in Settings)
        {
            table.Add(setting.Name, DisplayedSetting.Text(setting.Published), new TableCell(DisplayedSetting.Text(setting.Used), Strong: setting.IsChanged), setting.Source.ToString(), setting.Remark);
        }

        return table;
    }

    /// <summary>The published numbers as a table.</summary>
    public HtmlTable PublishedTable()
    {
        var table = new HtmlTable($"Document {Number}: published numbers", TableColumn.Text("number"), TableColumn.Number("value"), TableColumn.Text("in the document"), TableColumn.Text("what is wrong with it"));
        foreach (var number in Published)
        {
            table.Add(number.Name, DisplayedNumber.Fixed(number.Value, number.Decimals), number.Source.ToString(), number.Doubt);
        }

        return table;
    }

    /// <summary>The known faults as a table.</summary>
    public HtmlTable DefectsTable()
    {
        var table = new HtmlTable($"Document {Number}: known faults", TableColumn.Text("kind"), TableColumn.Text("fault"));
        foreach (var defect in Defects)
        {
            table.Add(KindText(defect.Kind), defect.Text);
        }

        return table;
    }

    private PublishedComparison Beside(EvaluationReport report, string? hindrance) => new(
        $"Document {Number}: published numbers beside ours",
        [.. Published.Select(number => new PublishedResult(
            NameWithMetric(number),
            number.Value,
            number.Decimals,
            number.Metric is null ? null : report[number.Metric],
            number.Metric is null ? number.Doubt ?? "it is no metric of the test images" : hindrance))]);

    private static string NameWithMetric(PublishedNumber number) =>
        number.Metric is null || number.Name.EndsWith(Metric.WordsOf(number.Metric), StringComparison.OrdinalIgnoreCase) ? number.Name : $"{number.Name} (it is: {Metric.WordsOf(number.Metric)})";

    private static string KindText(DefectKind kind) => kind switch
    {
        DefectKind.Contradiction => "numbers contradict each other",
        DefectKind.Method => "code or method",
        DefectKind.Claim => "claim not supported",
        DefectKind.Damage => "damaged text",
        _ => "outside the text",
    };
}
