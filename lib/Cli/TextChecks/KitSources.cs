using CovidNotebooks.Cli.Benchmarking;
using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Protocols;
using CovidNotebooks.Reporting;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Cli.TextChecks;

/// <summary>
/// What the kit itself knows: the documents, the published runs, the image sets, the measured speeds, the named constants.
/// </summary>
internal sealed class KitSources
{
    private readonly Dictionary<int, List<SourceRow>> ofDocuments = Protocol.All.ToDictionary(
        protocol => protocol.Number, protocol => Of(protocol).ToList());

    /// <summary>Reads the published runs, the measured speeds and the named constants of a checkout.</summary>
    /// <exception cref="BenchmarkException">The kept measurement cannot be read.</exception>
    public KitSources(Checkout checkout, TimeProvider clock)
    {
        var results = DocumentResults.Of(RunStore.Published(checkout.PublishedRuns, clock).SelectMany(store => store.List()));
        foreach (var run in results.Runs)
        {
            (run.Document is { } document && ofDocuments.TryGetValue(document, out var own) ? own : Common).AddRange(Of(run));
        }

        Compared = [.. SourceRows.Of(results.PublishedTable().ToPlainText(), "published runs", null),
            .. SourceRows.Of(results.OthersTable().ToPlainText(), "published runs", null),
            .. SourceRows.Of(results.PairsTable().ToPlainText(), "published runs", null)];
        Common.AddRange(Datasets.All.SelectMany(Of));
        if (File.Exists(checkout.MeasuredSpeeds))
        {
            Speeds =
            [
                .. SourceRows.Of(
                    SpeedTable.Of(BenchmarkFile.Read(checkout.MeasuredSpeeds)), "tests/benchmarks/results.json", null, "measured speed"),
            ];
        }

        Common.AddRange(NamedConstant.Read(Path.Combine(checkout.Data, ConstantsFile)).Select(constant => constant.ToSource()));
    }

    /// <summary>The named constants, in the data folder.</summary>
    public const string ConstantsFile = "text-constants.json";

    /// <summary>What holds for every text: the image sets, the constants, the runs of no document.</summary>
    public List<SourceRow> Common { get; } = [];

    /// <summary>What <c>kit bench</c> measured. It is about cut epochs, so no notebook has it for a source.</summary>
    public IReadOnlyList<SourceRow> Speeds { get; } = [];

    /// <summary>The tables that set all runs side by side.</summary>
    public IReadOnlyList<SourceRow> Compared { get; }

    /// <summary>What is known of some documents and their runs.</summary>
    public IEnumerable<SourceRow> OfDocuments(IEnumerable<int> documents) =>
        documents.Where(ofDocuments.ContainsKey).SelectMany(document => ofDocuments[document]);

    private static IEnumerable<SourceRow> Of(Protocol protocol)
    {
        var (place, about) = ($"document {protocol.Number}", "the document prints published");
        IEnumerable<string> lines =
        [
            protocol.Data,
            $"training images {protocol.PublishedImages.Training}",
            $"validation images {protocol.PublishedImages.Validation}",
            .. protocol.Published.Select(number =>
                $"{number.Name} {DisplayedNumber.Fixed(number.Value, number.Decimals)} {number.Source} {number.Doubt}"),
            .. protocol.Matrices.Select(matrix => $"matrix {matrix.Name} {matrix.Matrix.ToLine()} {matrix.Source} {matrix.Doubt}"),
            .. protocol.Settings.Select(setting =>
                $"{setting.Name} {DisplayedNumber.ValueText(setting.Published)} {setting.Source} {setting.Remark}"),
            .. protocol.Defects.Select(defect => defect.Text),
        ];
        return lines.SelectMany(line => SourceRows.Of(line, place, null, about));
    }

    private static IEnumerable<SourceRow> Of(EvaluatedRun run)
    {
        var place = $"run {run.Run.Id}";
        return SourceRows.Of(run.Evaluation.ToPlainText(), place, null, $"{run.Variant} {run.Run.Name}")
            .Concat(run.Run.Results.SelectMany(result =>
                SourceRows.Of($"{result.Key.Replace('.', ' ')} {DisplayedNumber.Short(result.Value)}", place, null, run.Variant)));
    }

    private static IEnumerable<SourceRow> Of(DatasetInfo dataset)
    {
        var place = $"data/datasets.json, {dataset.Name}";
        IEnumerable<string> lines =
        [
            $"{dataset.Name} {string.Join(' ', dataset.Folders)}: {dataset.ExpectedCount} images",
            .. dataset.Splits.SelectMany(split => split.Value.Select(part => $"{split.Key} {part.Key} {part.Value} images")
                .Append($"{split.Key} {dataset.ExpectedIn(split.Key)} images")),
            $"licence {dataset.Licence}",
            dataset.Origin,
            dataset.Citation,
            .. dataset.Notes,
        ];
        return lines.SelectMany(line => SourceRows.Of(line, place, null, dataset.Title));
    }
}
