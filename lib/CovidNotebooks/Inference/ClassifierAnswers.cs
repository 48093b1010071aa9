using System.Globalization;
using CovidNotebooks.Charts;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Display;
using CovidNotebooks.Reporting;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Inference;

/// <summary>
/// What a stored model says of some pictures, and what that may not be used for. It shows itself as a table; <see cref="ToCsv"/> and
/// <see cref="ToHtmlPage"/> are for files.
/// </summary>
public sealed class ClassifierAnswers : Displayed
{
    /// <summary>A page shows so many pictures at most; its table has all.</summary>
    public const int MostPictures = 200;

    private const int MostRows = 50;

    internal ClassifierAnswers(string run, ModelContract contract, IReadOnlyList<ClassifierAnswer> items, string caution,
        string calibration, IReadOnlyList<string> notes)
    {
        Run = run;
        Contract = contract;
        Items = items;
        Caution = caution;
        Calibration = calibration;
        Notes = notes;
    }

    /// <summary>The run whose model answered.</summary>
    public string Run { get; }

    /// <summary>The model's input and classes.</summary>
    public ModelContract Contract { get; }

    /// <summary>One answer a picture, in the order of the names.</summary>
    public IReadOnlyList<ClassifierAnswer> Items { get; }

    /// <summary>What these numbers may not be used for.</summary>
    public string Caution { get; }

    /// <summary>How scores were calibrated, or why they were not.</summary>
    public string Calibration { get; }

    /// <summary>Files that were not taken for pictures, one sentence a reason.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The threshold that decided between two classes; null where the highest score did.</summary>
    public double? Threshold => Contract.Threshold;

    /// <summary>Pictures that could not be read.</summary>
    public IReadOnlyList<ClassifierAnswer> Unread => [.. Items.Where(item => item.Problem is not null)];

    /// <summary>How many pictures have each answer, and how they were decided, in a sentence.</summary>
    public string Sentence
    {
        get
        {
            var counts = Contract.ClassNames.Select(name => $"{Items.Count(item => item.Class == name)} {name}");
            var unread = Unread.Count > 0 ? $"; {DisplayedNumber.Counted(Unread.Count, "file", "files")} cannot be read" : "";
            return $"{DisplayedNumber.Counted(Items.Count - Unread.Count, "picture", "pictures")}: "
                + $"{string.Join(", ", counts)}{unread}. {Rule}.";
        }
    }

    /// <summary>
    /// The answers as CSV: file, class, score, calibrated_score, threshold, score:NAME for each class, problem. Empty where there is no
    /// number.
    /// </summary>
    public string ToCsv()
    {
        string[] header = ["file", "class", "score", "calibrated_score", "threshold", .. Contract.ClassNames
            .Select(name => $"score:{name}"), "problem"];
        var lines = Items.Select(item => (string[])[
            CsvField.Of(item.Name), CsvField.Of(item.Class), Number(item.Score), Number(item.CalibratedScore), Number(item.Class is null
                ? null : Threshold),
            .. Contract.ClassNames.Select((_, label) => Number(item.Scores.Count > label ? item.Scores[label]
                : null)), CsvField.Of(item.Problem)]);
        return string.Concat(lines.Prepend([.. header.Select(CsvField.Of)]).Select(fields => string.Join(',', fields) + "\n"));
    }

    /// <summary>The answers with their pictures as a page of its own: no script, no network. It holds the pictures.</summary>
    public string ToHtmlPage()
    {
        var document = new DisplayDocument(new Heading($"Answers of {Run}")).Say(Caution, ParagraphKind.Warning);
        if (!Contract.LearntFromPhantoms)
        {
            document.Say("If the pictures show patients, this page does too: it stays on this machine.", ParagraphKind.Warning);
        }

        document.Say(Sentence, ParagraphKind.Finding).Say(Calibration, ParagraphKind.Note);
        document = Notes.Aggregate(document, (all, note) => all.Say(note, ParagraphKind.Note)).Add(Contract.Describe());
        var pictures = Items.Take(MostPictures).Select(PictureOf).ToArray();
        var grid = new PictureGrid(
            Items.Count > MostPictures ? $"The first {MostPictures} of {Items.Count} pictures"
                : "The pictures", [new PictureRow(null, pictures)]);
        return ReportPage.Of($"Answers of {Run}", document.ToHtml() + grid.ToHtml() + Table(int.MaxValue).ToHtml()
            + new Disclaimer().ToHtml());
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var document = new DisplayDocument().Say(Sentence, ParagraphKind.Finding).Say(Caution, ParagraphKind.Warning).Say(Calibration,
            ParagraphKind.Note);
        return Notes.Aggregate(document, (all, note) => all.Say(note, ParagraphKind.Note)).Add(Table(MostRows));
    }

    private string Rule => Threshold is { } threshold
        ? $"{Contract.ClassNames[Contract.PositiveClass]} from a score of {DisplayedNumber.Short(threshold)} on"
        : "The class with the highest score is the answer";

    private string ScoreOf => Contract.ClassNames.Count == 2 ? $"score of {Contract.ClassNames[Contract.PositiveClass]}"
        : "score of the answer";

    private Table Table(int most)
    {
        var table = Display.Table.Of(
            null, Items.Take(most), ("picture", item => item.Name), ("answer", item => item.Class ?? item.Problem), (ScoreOf, item =>
                item.Score), ("calibrated", item => item.CalibratedScore));
        return Items.Count > most ? table.Note($"{Items.Count - most} more are in Items and in ToCsv().") : table;
    }

    private Picture PictureOf(ClassifierAnswer item)
    {
        var detail = item.Problem ?? $"{item.Class}, {ScoreOf} {DisplayedNumber.Fixed(item.Score ?? 0)}"
            + (item.CalibratedScore is { } calibrated ? $", calibrated {DisplayedNumber.Fixed(calibrated)}" : "");
        var gone = BadImageException.Try(() => item.Problem is null ? item.Picture?.Invoke() : null, out var picture);
        return new Picture(item.Name, picture, gone?.Found ?? detail);
    }

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
