using CovidNotebooks.Data;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Training;
using static TorchSharp.torch;

namespace CovidNotebooks.Runs;

/// <content>The usual end of an experiment.</content>
public sealed partial class Experiment
{
    /// <summary>
    /// The usual end: the model answers about the validation images, which choose the threshold between two classes (Youden's) and
    /// calibrate its scores, then once about the test images; the run keeps all of it, with the weights and what they take, and is
    /// finished.
    /// </summary>
    /// <param name="model">What answers: the network, or its head where the sources give a frozen trunk's maps.</param>
    /// <param name="validation">Images that are neither trained on nor tested on.</param>
    /// <param name="test">The images that the result is about.</param>
    /// <param name="positiveClass">The class that is a finding. With three classes and more the highest score decides.</param>
    /// <param name="keep">The network whose weights are kept; null, the default, for <paramref name="model"/>.</param>
    /// <param name="device">Where the model is; null, the default, asks its parameters.</param>
    /// <exception cref="InvalidOperationException">The run has ended.</exception>
    public ExperimentResult Conclude(
        nn.Module<Tensor, Tensor> model, IBatchSource validation, IBatchSource test, int positiveClass = 1, nn.Module? keep = null,
            string? device = null)
    {
        RefuseWhenEnded("it has no other end");
        try
        {
            var chosenOn = Predictor.Predict(model, validation, OutputActivation.Softmax, device: device, positiveClass: positiveClass);
            KeepValidation(chosenOn);
            var threshold = chosenOn.ClassNames.Count == 2 ? ThresholdChoice.Youden(chosenOn) : null;
            Set("threshold_rule", threshold is null ? "highest_score" : "youden_on_validation");
            var answers = Predict(model, test, OutputActivation.Softmax, device: device, positiveClass: positiveClass);
            answers = threshold is null ? answers : answers.AtThreshold(threshold.Value);
            var report = EvaluationReport.Of(answers);
            Finish(answers, report, keep ?? model);
            return new ExperimentResult(this, chosenOn, threshold, answers, report);
        }
        catch (Exception error) when (Run.Status == RunStatus.Running)
        {
            Run.Fail(error.Message);
            throw;
        }
    }
}

/// <summary>What an experiment found.</summary>
/// <param name="Experiment">The finished run.</param>
/// <param name="Validation">The model's own scores of the validation images.</param>
/// <param name="Threshold">Chosen on them; null with three classes and more.</param>
/// <param name="Predictions">The answers about the test images.</param>
/// <param name="Report">Their metrics with intervals.</param>
public sealed record ExperimentResult(
    Experiment Experiment, Predictions Validation, ThresholdChoice? Threshold, Predictions Predictions, EvaluationReport Report)
        : DisplayedRecord
{
    /// <summary>Temperature scaling by the validation images; null where no temperature is best.</summary>
    public TemperatureScaling? Calibration
    {
        get
        {
            try
            {
                return TemperatureScaling.Of(Validation);
            }
            catch (UndefinedMetricException)
            {
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var document = new DisplayDocument().Add(Report.Describe()).Add(Threshold?.Describe());
        return Calibration is { } scaling
            ? document.Fold("Calibration", new DisplayDocument(scaling.Beside(Predictions)))
            : document.Say("No temperature calibrates the scores: the validation images are too few, or all answered rightly.",
                ParagraphKind.Note);
    }
}
