using CovidNotebooks.Evaluation;
using CovidNotebooks.Reporting;
using CovidNotebooks.Runs;
using Tests.Runs;

namespace Tests.Reporting;

/// <summary>Makes runs whose every number is known.</summary>
internal sealed class ReportedRuns : IDisposable
{
    private static readonly EvaluationOptions Quick = new() { Resamples = 100 };
    private readonly TemporaryFolder folder = new();

    public ReportedRuns() => Store = new RunStore(folder.FullName, new ManualClock());

    public RunStore Store { get; }

    public static RunReport Report(RunRecord run) => RunReport.Of(run, Quick);

    public void Dispose() => folder.Dispose();

    public RunReport Report(string name, Dictionary<string, object?> parameters, Action<Run> fill)
    {
        using var run = Store.Create(name, parameters, new RunEnvironment("1.2.3", "2.0", "cpu", 2, ".NET", "Linux x64"));
        fill(run);
        if (run.Status == RunStatus.Running)
        {
            run.Finish();
        }

        return Report(Store.Load(run.Id));
    }

    public static Dictionary<string, object?> Settings(params (string Name, object? Value)[] settings) =>
        settings.ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal);

    /// <summary>
    /// Document 1's ten test images: 5 of 5 covid and 4 of 5 normal are right; no patients, so the shares have Wilson's interval.
    /// </summary>
    public static Predictions TenImages() => new(
        ["covid", "normal"],
        [
            .. Enumerable.Range(0, 5).Select(i => new Prediction($"covid/{i}.png", null, null, 0, [.9 - (i * .05), .1 + (i * .05)], .1)),
            .. Enumerable.Range(0, 5)
            .Select(
                i =>
                    i == 0 ? new Prediction("normal/0.png", null, null, 1, [.6, .4], .9)
                    : new Prediction($"normal/{i}.png", null, null, 1, [.1 + (i * .05), .9 - (i * .05)], .1)),
        ],
        positiveClass: 0);
}
