using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Training;

namespace CovidNotebooks.Runs;

/// <content>What an experiment writes down and shows of itself.</content>
public sealed partial class Experiment
{
    /// <summary>A training's settings with the parts of the split that its images are of.</summary>
    private TrainingSettings Placed(TrainingSettings settings, IBatchSource train, IBatchSource? validation)
    {
        if (split is null)
        {
            return settings;
        }

        var parts = new Dictionary<string, object?>(StringComparer.Ordinal) { ["train.part"] = SplitSettings.PartOf(split, train.Dataset) };
        if (validation is not null)
        {
            parts["validation.part"] = SplitSettings.PartOf(split, validation.Dataset);
        }

        return settings.With(parts);
    }

    /// <summary>Writes what is known of the run so far; what its trainings do not share is written for each of them.</summary>
    private void Record()
    {
        var settings = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (trainings.Count + evaluations.Count > 0)
        {
            settings[Data] = collection ?? "files of one's own";
        }

        foreach (var (name, value) in split is null ? [] : SplitSettings.Of(split))
        {
            settings[name] = value;
        }

        var (shared, own) = SharedSettings.Of([.. trainings.Select(training => training.Values)]);
        foreach (var (name, value) in shared.Concat(SharedSettings.OfEvaluations(evaluations)))
        {
            settings[name] = value;
        }

        Run.SetSettings(recorded, settings, own);
        recorded = [.. settings.Keys];
        if (differences is not null && trainings.Count > 0)
        {
            Run.SetParameter(Differs, differences(Run.Parameters));
            recorded.Add(Differs);
        }
    }

    private Dictionary<string, double> TrainingResults()
    {
        var results = new Dictionary<string, double>(StringComparer.Ordinal);
        if (fits.Count > 0)
        {
            results["training_seconds"] = fits.Sum(fit => fit.History.Seconds);
            results["epochs_run"] = fits.Sum(fit => fit.History.Epochs.Count);
            results["epochs_resumed"] = fits.Sum(fit => fit.ResumedFrom);
        }

        if (fits is [var only])
        {
            results["best_epoch"] = only.History.BestEpoch;
            results["stopped_early"] = only.History.StopReason == StopReason.AllEpochsRun ? 0 : 1;
        }

        return results;
    }

    private Card AsCard()
    {
        var card = new Card($"Run {Id}").Add("status", Run.Status.ToString().ToLowerInvariant()).Add("audit of the data", Audit.Verdict);
        for (var i = 0; i < fits.Count; i++)
        {
            card.Add(fits.Count == 1 ? "training" : $"training {i + 1}", TrainingText(fits[i]));
        }

        return card.Add("seconds since it began", DisplayedNumber.Fixed(Run.Elapsed.TotalSeconds, 1));
    }

    private static string TrainingText(ExperimentFit fit)
    {
        var (history, resumed) = (fit.History, fit.ResumedFrom);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{history.Epochs.Count} epochs in {DisplayedNumber.Fixed(history.Seconds, 1)} s, ended: {history.StopExplanation}");
        return resumed == 0 ? text
            : resumed == history.Epochs.Count ? text + "; all epochs were read from a checkpoint, nothing was trained anew"
            : string.Create(CultureInfo.InvariantCulture, $"{text}; it went on from a checkpoint after epoch {resumed}");
    }
}
