using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Models;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>One pass over the training batches.</summary>
internal sealed class TrainingEpoch(TrainingRun run, Device device, ITrainingObserver? observer, TimeProvider clock, CancellationToken cancellation)
{
    private readonly TrainerOptions options = run.Options;

    public double Loss { get; private set; }

    public double Accuracy { get; private set; }

    public StopReason StopReason { get; private set; }

    public string StopExplanation { get; private set; } = string.Empty;

    /// <summary>Trains the epoch.</summary>
    /// <returns>False when it was cut short; <see cref="StopReason"/> says why.</returns>
    public bool Train(IBatchSource source)
    {
        run.Model.train();
        Freezing.KeepFrozenNormalizationsInEval(run.Model);
        using var meter = new EpochMeter(device);
        using var classWeights = options.ClassWeights is { } weights ? tensor(weights.ToArray(), dtype: ScalarType.Float32, device: device).DetachFromDisposeScope() : null;
        var started = clock.GetTimestamp();
        var done = 0;
        foreach (var batch in source.Epoch(run.NextEpoch - 1))
        {
            using (batch)
            {
                if (cancellation.IsCancellationRequested || NotebookHost.Cancellation.IsCancellationRequested)
                {
                    return CutShort(StopReason.Cancelled, $"cancelled in epoch {run.NextEpoch} after {done} of {source.BatchesPerEpoch} batches");
                }

                if (!TrainBatch(batch, done, classWeights, meter))
                {
                    return NotFinite(done);
                }
            }

            done++;
            var seconds = clock.GetElapsedTime(started).TotalSeconds;
            observer?.OnBatch(new TrainingProgress(
                run.NextEpoch, options.Epochs, done, source.BatchesPerEpoch, meter.Loss, meter.Accuracy, seconds > 0 ? meter.Images / seconds : 0, meter.LastLoss));
        }

        if (done == 0)
        {
            throw new InvalidOperationException($"'{source.Dataset.Name}' gave no batch to train on: {source.Dataset.Count} images, {source.BatchesPerEpoch} batches. Look at the data card.");
        }

        if (!meter.Read())
        {
            return NotFinite(done - 1);
        }

        if (options.Accumulation.Rule == AccumulationRule.FullGroups)
        {
            run.Update();
        }

        (Loss, Accuracy) = (meter.Loss, meter.Accuracy);
        return true;
    }

    private bool TrainBatch(Batch batch, int index, Tensor? classWeights, EpochMeter meter)
    {
        using var scope = NewDisposeScope();
        var (images, labels) = BatchOnDevice.Of(batch, device);
        var logits = run.Model.call(images);
        if (index == 0)
        {
            LossFunctions.Check(options.Loss, logits, labels);
        }

        var loss = classWeights is null ? LossFunctions.Mean(options.Loss, logits, labels) : LossFunctions.WeightedMean(options.Loss, logits, labels, classWeights);
        if (!meter.Add(loss, LossFunctions.Hits(options.Activation, logits, labels), batch.Count))
        {
            return false;
        }

        run.Backward(loss, batch.Count);
        if (options.Accumulation.UpdatesAfter(index))
        {
            run.Update();
        }

        return true;
    }

    private bool NotFinite(int index) => CutShort(
        StopReason.LossNotFinite,
        string.Create(CultureInfo.InvariantCulture, $"the loss was NaN or infinite in epoch {run.NextEpoch}, batch {index + 1}, at learning rate {run.Optimizer.CurrentLearningRate:G6}; a smaller one may help"));

    private bool CutShort(StopReason reason, string explanation)
    {
        (StopReason, StopExplanation) = (reason, explanation);
        return false;
    }
}
