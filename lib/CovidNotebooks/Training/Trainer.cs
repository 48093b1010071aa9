using CovidNotebooks.Data;
using CovidNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>Trains a model on batches of images.</summary>
public static class Trainer
{
    /// <summary>Runs the epochs.</summary>
    /// <param name="model">The model, with the weights to begin with; build it outside every dispose scope. It gives logits, and is in eval mode afterwards.</param>
    /// <param name="train">The training images.</param>
    /// <param name="validation">Images to measure after each epoch, or null.</param>
    /// <param name="options">Epochs, optimiser, loss, stopping, seed, device.</param>
    /// <param name="observer">Is told of every batch and epoch; null for nobody.</param>
    /// <param name="clock">Measures the time; null for the system's.</param>
    /// <param name="cancellation">Ends training after the batch that runs.</param>
    /// <returns>What was measured and why training ended.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the model's output does not fit the loss.</exception>
    /// <exception cref="OperationCanceledException">The notebook's cell was interrupted: training has ended after the batch that ran, and the model holds what it had learnt.</exception>
    /// <exception cref="SafetensorsException">The checkpoint to go on from is damaged or of another training.</exception>
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
            throw new ArgumentException($"There are {weights.Count} class weights; '{train.Dataset.Name}' has {train.Dataset.ClassNames.Count} classes ({string.Join(", ", train.Dataset.ClassNames)}). Give one weight a class.");
        }

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
        while (run.StopReason == StopReason.None)
        {
            var started = time.GetTimestamp();
            var epoch = new TrainingEpoch(run, device, observer, time, cancellation);
            if (!epoch.Train(train))
            {
                run.Stop(epoch.StopReason, epoch.StopExplanation);
                break;
            }

            (double Loss, double Accuracy)? validated = validation is null
                ? null
                : Evaluator.Evaluate(model, validation, options.Loss, options.Activation, options.ValidationSteps, run.NextEpoch - 1, device, options.ValidationLossMean);
            run.Finish(new EpochRecord(run.NextEpoch, epoch.Loss, epoch.Accuracy, validated?.Loss, validated?.Accuracy, time.GetElapsedTime(started).TotalSeconds)
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
    }
}
