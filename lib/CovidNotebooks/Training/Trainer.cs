using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>Trains a model on batches of images.</summary>
public static class Trainer
{
    /// <summary>Runs the epochs.</summary>
    /// <param name="model">
    /// The model, with the weights to begin with; build it outside every dispose scope. It gives logits, and is in eval mode afterwards.
    /// </param>
    /// <param name="train">The training images.</param>
    /// <param name="validation">Images to measure after each epoch, or null.</param>
    /// <param name="options">Epochs, optimiser, loss, stopping, seed, device.</param>
    /// <param name="observer">Is told of every batch and epoch; null for nobody.</param>
    /// <param name="clock">Measures the time; null for the system's.</param>
    /// <param name="cancellation">Ends training after the batch that runs.</param>
    /// <returns>What was measured and why training ended.</returns>
    /// <exception cref="ArgumentException">
    /// An option is out of its range, the model's outputs do not fit the classes and the loss, a rule watches a number that is not
    /// measured, or a batch has no image or too few for batch normalisation.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// The notebook's cell was interrupted: training has ended after the batch that ran, and the model holds what it had learnt.
    /// </exception>
    /// <exception cref="WeightsException">The checkpoint to go on from is damaged or of another training.</exception>
    public static TrainingHistory Fit(
        nn.Module<Tensor, Tensor> model,
        IBatchSource train,
        IBatchSource? validation,
        TrainerOptions options,
        ITrainingObserver? observer = null,
        TimeProvider? clock = null,
        CancellationToken cancellation = default)
    {
        options.Validate();
        if (options.ClassWeights is { } weights && weights.Count != train.Dataset.ClassNames.Count)
        {
            throw new ArgumentException(
                $"There are {weights.Count} class weights; '{train.Dataset.Name}' has {train.Dataset.ClassNames.Count} classes "
                    + $"({string.Join(", ", train.Dataset.ClassNames)}). Give one weight a class.");
        }

        TrainingCheck.BeforeTheFirstStep(model, train, validation, options);
        options.Cpu.Apply();
        var device = torch.device(options.Device);
        if (device.type != DeviceType.CPU)
        {
            model.to(device);
        }

        manual_seed(options.Seed);
        if (device.type == DeviceType.CUDA)
        {
            cuda.manual_seed_all(options.Seed);
        }

        using var optimizer = options.Optimizer.Create(model.named_parameters());
        using var run = new TrainingRun(model, optimizer, options, hasValidation: validation is not null);
        if (options is { Resume: true, CheckpointPath: { } path } && File.Exists(path))
        {
            TrainingCheckpoint.Load(path, run);
        }

        var time = clock ?? TimeProvider.System;
        var checksOutputs = true;
        var trim = new HeapTrim(options.Cpu, time);
        using var maps = FrozenValidation.Of(model, validation, device, options.Precision);
        while (run.StopReason == StopReason.None)
        {
            var started = time.GetTimestamp();
            _ = trim.BeforeEpoch();
            var epoch = new TrainingEpoch(run, device, observer, time, cancellation) { ChecksOutputs = checksOutputs };
            checksOutputs = false;
            if (!epoch.Train(train))
            {
                run.Stop(epoch.StopReason, epoch.StopExplanation);
                break;
            }

            (double Loss, double Accuracy)? validated = validation is null
                ? null
                : maps?.Holds() == true ? Evaluate(maps.Head, maps, precision: null)
                : Evaluate(model, validation, options.Precision);
            run.Finish(new EpochRecord(
                run.NextEpoch,
                epoch.Loss,
                epoch.Accuracy,
                validated?.Loss,
                validated?.Accuracy,
                time.GetElapsedTime(started).TotalSeconds)
            {
                LearningRate = optimizer.CurrentLearningRate,
            });
            if (options.CheckpointPath is { } checkpoint)
            {
                TrainingCheckpoint.Save(checkpoint, run);
            }

            observer?.OnEpoch(run.History);
        }

        run.PutFinalWeights();
        model.eval();
        return run.StopReason == StopReason.Cancelled && NotebookHost.Cancellation.IsCancellationRequested
            ? throw new OperationCanceledException($"The training was {run.StopExplanation}.", NotebookHost.Cancellation)
            : run.History;

        (double Loss, double Accuracy) Evaluate(nn.Module<Tensor, Tensor> asked, IBatchSource source, ReducedPrecision? precision) =>
            Evaluator.Evaluate(
                asked,
                source,
                options.Loss,
                options.Activation,
                options.ValidationSteps,
                run.NextEpoch - 1,
                device,
                options.ValidationLossMean,
                precision);
    }
}

/// <summary>One pass over the training batches.</summary>
internal sealed class TrainingEpoch(
    TrainingRun run, Device device, ITrainingObserver? observer, TimeProvider clock, CancellationToken cancellation)
{
    private readonly TrainerOptions options = run.Options;
    private IReadOnlyList<string> classNames = [];

    /// <summary>Whether the outputs are held against the classes and the loss before the first step; also after a resumption.</summary>
    public bool ChecksOutputs { get; init; }

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
        using var classWeights = options.ClassWeights is { } weights
            ? tensor(weights.ToArray(), dtype: ScalarType.Float32, device: device).DetachFromDisposeScope()
            : null;
        var started = clock.GetTimestamp();
        var done = 0;
        classNames = source.Dataset.ClassNames;
        foreach (var batch in source.Epoch(run.NextEpoch - 1))
        {
            using (batch)
            {
                if (cancellation.IsCancellationRequested || NotebookHost.Cancellation.IsCancellationRequested)
                {
                    return CutShort(
                        StopReason.Cancelled, $"cancelled in epoch {run.NextEpoch} after {done} of {source.BatchesPerEpoch} batches");
                }

                if (!TrainBatch(batch, done, classWeights, meter))
                {
                    return NotFinite(done);
                }

                // Nothing of the batch's passes is in memory any more.
                if (options.Accumulation.UpdatesAfter(done))
                {
                    run.Update();
                }
            }

            done++;
            var seconds = clock.GetElapsedTime(started).TotalSeconds;
            observer?.OnBatch(new TrainingProgress(
                run.NextEpoch, options.Epochs, done, source.BatchesPerEpoch, meter.Loss, meter.Accuracy, seconds > 0
                    ? meter.Images / seconds
                    : 0, meter.LastLoss));
        }

        if (done == 0)
        {
            throw new InvalidOperationException(
                $"'{source.Dataset.Name}' gave no batch to train on: {source.Dataset.Count} images, {source.BatchesPerEpoch} batches. "
                    + "Look at the data card.");
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

    /// <summary>Asks the model in evaluation, so that a refusal leaves its normalisations as they were, too.</summary>
    private void CheckOutputs(Tensor images, Tensor labels)
    {
        using var evaluation = new EvaluationMode(run.Model);
        using var noGradients = no_grad();
        var logits = run.Model.call(images);
        ImagePrecision.RequireFullLogits(run.Model, logits, options.Precision);
        LossFunctions.Check(options.Loss, logits, labels);
        TrainingCheck.Outputs(logits.shape[^1], classNames, options.Loss);
    }

    private bool TrainBatch(Batch batch, int index, Tensor? classWeights, EpochMeter meter)
    {
        using var scope = NewDisposeScope();
        var (images, labels) = BatchOnDevice.Of(batch, device);
        images = ImagePrecision.Of(images, options.Precision);
        if (ChecksOutputs && index == 0)
        {
            CheckOutputs(images, labels);
        }

        var logits = run.Model.call(images);
        var loss = classWeights is null ? LossFunctions.Mean(options.Loss, logits, labels)
            : LossFunctions.WeightedMean(options.Loss, logits, labels, classWeights);
        if (!meter.Add(loss, LossFunctions.Hits(options.Activation, logits, labels), batch.Count))
        {
            return false;
        }

        run.Backward(loss, batch.Count);
        return true;
    }

    private bool NotFinite(int index) => CutShort(
        StopReason.LossNotFinite,
        string.Create(
            CultureInfo.InvariantCulture,
            $"the loss was NaN or infinite in epoch {run.NextEpoch}, batch {index + 1}, "
                + $"at learning rate {run.Optimizer.CurrentLearningRate:G6}; a smaller one may help"));

    private bool CutShort(StopReason reason, string explanation)
    {
        (StopReason, StopExplanation) = (reason, explanation);
        return false;
    }
}
