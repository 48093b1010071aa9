using System.Globalization;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>What a training carries from batch to batch and from epoch to epoch.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly List<EpochRecord> epochs = [];
    private readonly BestEpochRule bestBy;
    private WeightsSnapshot? bestWeights;
    private WeightsSnapshot? stopperWeights;

    public TrainingRun(nn.Module<Tensor, Tensor> model, TrainingOptimizer optimizer, TrainerOptions options, bool hasValidation)
    {
        Model = model;
        Optimizer = optimizer;
        Options = options;
        bestBy = options.WithBestBy(hasValidation).BestBy!;
        StoppingState = options.Stopping?.Start();
        ParameterGradient.Clear(model);
        LetDenseLayersGather(options.Accumulation.Batches > 1 ? Gathered : null);
    }

    public nn.Module<Tensor, Tensor> Model { get; }

    public TrainingOptimizer Optimizer { get; }

    public TrainerOptions Options { get; }

    public StoppingState? StoppingState { get; private set; }

    public StopReason StopReason { get; private set; }

    public string StopExplanation { get; private set; } = string.Empty;

    /// <summary>Number of the epoch that runs or comes next, from 1.</summary>
    public int NextEpoch => epochs.Count + 1;

    /// <summary>Gradients of dense layers' weights that are not computed yet.</summary>
    public GatheredDense Gathered { get; } = new();

    /// <summary>Images whose gradients wait for an update; in document 3's rule, batches are not weighted by them.</summary>
    public long PendingImages { get; private set; }

    public IReadOnlyDictionary<string, Tensor>? BestWeights => bestWeights?.Tensors;

    public IReadOnlyDictionary<string, Tensor>? StopperWeights => stopperWeights?.Tensors;

    public TrainingHistory History => new(epochs, StopReason, StopExplanation, bestBy);

    private bool IsGrouped => Options.Accumulation is { Batches: > 1, Rule: AccumulationRule.FullGroups };

    /// <summary>Adds the gradients of a batch.</summary>
    public void Backward(Tensor meanLoss, int images)
    {
        var scaled = Options.Accumulation switch
        {
            { Batches: 1 } => meanLoss,
            { Rule: AccumulationRule.AsDocument3, Batches: var batches } => meanLoss / batches,
            _ => meanLoss * images,
        };
        scaled.backward();
        PendingImages += images;
    }

    /// <summary>Moves the weights along the gradients that wait, and clears them.</summary>
    public void Update()
    {
        if (PendingImages == 0)
        {
            return;
        }

        Gathered.Flush();
        if (IsGrouped)
        {
            ScaleGradients(1.0 / PendingImages);
        }

        Optimizer.Step();
        ParameterGradient.Clear(Model);
        PendingImages = 0;
    }

    /// <summary>Books a finished epoch: best weights, stopping rule, learning rate.</summary>
    public void Finish(EpochRecord epoch)
    {
        var isBest = bestBy.IsBetter(epoch.Value(bestBy.Monitor), bestBy.Best(epochs)?.Value(bestBy.Monitor));
        epochs.Add(epoch);
        if (isBest && Options.FinalWeights == FinalWeights.Best)
        {
            Replace(ref bestWeights, new WeightsSnapshot(Model));
        }

        if (isBest && Options.BestWeightsPath is { } path)
        {
            ModelWeights.Save(Model, path);
        }

        if (Options.Stopping is { } rule)
        {
            Apply(rule, rule.Decide(StoppingState!, epoch));
        }

        if (epoch.ValidationLoss is { } validationLoss && !double.IsFinite(validationLoss))
        {
            Stop(StopReason.LossNotFinite, string.Create(
                CultureInfo.InvariantCulture,
                $"the validation loss was {validationLoss} after epoch {epoch.Epoch}, at learning rate {epoch.LearningRate:G6}; "
                    + $"a smaller one may help"));
        }
        else if (StopReason == StopReason.None && epochs.Count >= Options.Epochs)
        {
            StopAfterAllEpochs();
        }
    }

    public void Stop(StopReason reason, string explanation) => (StopReason, StopExplanation) = (reason, explanation);

    /// <summary>Puts back the best weights where the options ask for them.</summary>
    public void PutFinalWeights()
    {
        if (Options.FinalWeights == FinalWeights.Best)
        {
            bestWeights?.Restore(Model);
        }
        else if (Options.Stopping is EarlyStopping { RestoreBestWeights: true })
        {
            if (StopReason == StopReason.NoImprovement)
            {
                stopperWeights?.Restore(Model);
            }
            else if (StoppingState is EarlyStoppingState { BestEpoch: { } best } && best < epochs.Count)
            {
                Stop(StopReason, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{StopExplanation}; the weights are those of epoch {epochs.Count}: epoch {best} was better by the rule "
                        + $"and was not restored, because another reason ended training"));
            }
        }
    }

    /// <summary>Takes over what a checkpoint holds.</summary>
    public void Resume(ResumedState state)
    {
        epochs.Clear();
        epochs.AddRange(state.Epochs);
        StoppingState = state.StoppingState;
        PendingImages = state.PendingImages;
        Stop(state.StopReason, state.StopExplanation);
        Replace(ref bestWeights, state.BestWeights);
        Replace(ref stopperWeights, state.StopperWeights);
        if (StopReason == StopReason.AllEpochsRun && epochs.Count < Options.Epochs)
        {
            Stop(StopReason.None, string.Empty);
        }
        else if (StopReason == StopReason.None && epochs.Count >= Options.Epochs)
        {
            StopAfterAllEpochs();
        }
    }

    public void Dispose()
    {
        bestWeights?.Dispose();
        stopperWeights?.Dispose();
        LetDenseLayersGather(null);
        Gathered.Dispose();
    }

    private void LetDenseLayersGather(GatheredDense? gathered)
    {
        foreach (var stack in Model.modules().Append(Model).OfType<LayerStack>())
        {
            stack.Gathered = gathered;
        }
    }

    private void StopAfterAllEpochs() => Stop(StopReason.AllEpochsRun, (epochs.Count, Options.Epochs) switch
    {
        (1, 1) => "the only epoch was run",
        var (run, asked) when run > asked => $"the checkpoint holds {run} epochs, more than the {asked} that were asked for",
        _ => $"all {Options.Epochs} epochs were run",
    });

    private void Apply(StoppingRule rule, StoppingDecision decision)
    {
        StoppingState = decision.State;
        Optimizer.LearningRate *= decision.LearningRateFactor;
        if (decision.Improved && rule is EarlyStopping { RestoreBestWeights: true })
        {
            Replace(ref stopperWeights, new WeightsSnapshot(Model));
        }

        if (decision.Stop != StopReason.None)
        {
            Stop(decision.Stop, decision.Explanation);
        }
    }

    private void ScaleGradients(double factor)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        foreach (var (_, parameter) in Optimizer.Parameters)
        {
            ParameterGradient.Of(parameter)?.mul_(factor);
        }
    }

    private static void Replace(ref WeightsSnapshot? kept, WeightsSnapshot? next)
    {
        kept?.Dispose();
        kept = next;
    }
}
