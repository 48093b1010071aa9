using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Recording;
using CovidNotebooks.Runs;
using CovidNotebooks.Training;
using Tests.Training;

namespace Tests.Runs;

[Collection(SharedGenerator.Name)]
public sealed class ExperimentTests : IDisposable
{
    private static readonly DataAudit Audit = DataAudit.Skipped("images that are noise");
    private static readonly TrainerOptions Options = new()
    {
        Epochs = 4,
        Seed = 7,
        Optimizer = new KerasAdam { LearningRate = 3e-3, Decay = 1e-3 },
        Stopping = new EarlyStopping { Monitor = TrainingMetric.Loss, Patience = 3 },
    };
    private readonly TemporaryFolder folder = new();
    private readonly RunStore store;

    public ExperimentTests() => store = new RunStore(folder.FullName);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ARunSpansItsTrainingAndKeepsEverything()
    {
        using var model = TrainerTests.NewModel();
        using var train = MemorySource.Random(22, 3, 16, 8, seed: 1);
        using var validation = MemorySource.Random(10, 3, 16, 8, seed: 2);
        using var experiment = Begin();
        var seen = new List<RunStatus>();
        var history = experiment.Fit(
            model, train, validation, Options, new RecordingObserver(onEpoch: _ => seen.Add(store.Load(experiment.Id).Status)));
        Assert.Equal(Enumerable.Repeat(RunStatus.Running, 4), seen);
        var answers = RunStoreTests.Answers();
        experiment.Set("threshold_rule", "by hand");
        experiment.Finish(
            answers.AtThreshold(.25),
            EvaluationReport.Of(answers, new EvaluationOptions { Resamples = 100 }),
            model,
            new Dictionary<string, double>(StringComparer.Ordinal) { ["external"] = .5 });

        var run = store.Load(experiment.Id);
        Assert.Empty(run.Problems);
        Assert.Equal((RunStatus.Finished, "not audited"), (run.Status, run.AuditVerdict));
        Assert.Equal(history.Epochs.Select(epoch => epoch.ValidationLoss), run.Metrics.Select(row => (double?)row.Values["val_loss"]));
        Assert.Equal(
            (4, 0, history.BestEpoch, 0, (object?).25),
            (
                run.Results["epochs_run"],
                run.Results["epochs_resumed"],
                run.Results["best_epoch"],
                run.Results["stopped_early"],
                run.Parameters["evaluation.threshold"]));
        Assert.Equal((history.Seconds, .5), (run.Results["training_seconds"], run.Results["external"]));
        Assert.Equal(answers.Count, run.LoadPredictions().Count);
        using var read = TrainerTests.NewModel();
        ModelWeights.Load(read, experiment.Run.PathOf("model.safetensors"));
        Assert.Equal(TrainerTests.Weights(model), TrainerTests.Weights(read));
        Assert.Contains("audit of the data", experiment.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_usual_end_chooses_the_threshold_on_validation_images_and_keeps_all()
    {
        using var model = TrainerTests.NewModel();
        using var train = MemorySource.Random(22, 3, 16, 8, seed: 1);
        using var validation = MemorySource.Random(30, 3, 16, 8, seed: 2);
        using var test = MemorySource.Random(26, 3, 16, 8, seed: 3);
        using var experiment = Begin();
        experiment.Fit(model, train, validation, Options);
        var result = experiment.Conclude(model, validation, test);

        var run = store.Load(experiment.Id);
        Assert.Equal((RunStatus.Finished, (object?)"youden_on_validation"), (run.Status, run.Parameters["threshold_rule"]));
        Assert.Equal(ThresholdChoice.Youden(result.Validation).Value, result.Threshold!.Value);
        Assert.Equal((30, 26), (result.Validation.Count, result.Predictions.Count));
        Assert.Equal(result.Threshold.Value, run.Parameters["evaluation.threshold"]);
        Assert.Equal(result.Predictions.PositiveScores, run.LoadPredictions().PositiveScores);
        Assert.Same(result.Predictions, result.Report.Predictions);
        Assert.Contains("Calibration", result.ToPlainText(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => experiment.Conclude(model, validation, test));
    }

    [Fact]
    public void An_end_that_fails_is_a_failed_run_and_answers_that_are_all_right_need_no_temperature()
    {
        using var model = TrainerTests.NewModel();
        using var validation = MemorySource.Random(6, 3, 16, 8, seed: 2);
        using var nothing = new MemorySource(TorchSharp.torch.zeros(2, 3, 16, 16), [0, 1], 2, batches: 0);
        using var experiment = Begin();
        var error = Assert.Throws<InvalidOperationException>(() => experiment.Conclude(model, validation, nothing));
        Assert.Equal((RunStatus.Failed, error.Message), (store.Load(experiment.Id).Status, store.Load(experiment.Id).Reason));

        var right = RunStoreTests.Answers();
        var result = new ExperimentResult(experiment, right, Threshold: null, right, EvaluationReport.Of(right));
        Assert.Null(result.Calibration);
        Assert.Contains("No temperature calibrates the scores", result.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnInterruptedTrainingGoesOnBitForBitAndLogsAllItsEpochs()
    {
        var whole = Train(resume: false);
        var checkpoints = Path.Combine(folder.FullName, "checkpoints");
        Directory.Delete(checkpoints, recursive: true);
        var interrupted = Train(interruptAfter: 2);
        Assert.Equal(2, interrupted.Metrics.Count);
        var resumed = Train();
        Assert.Equal(2, resumed.ResumedFrom);
        Assert.Equal(whole.Weights, resumed.Weights);
        Assert.Equal([1, 2, 3, 4], resumed.Metrics.Select(row => row.Step));
        Assert.Equal(whole.Metrics.Select(row => row.Values["loss"]), resumed.Metrics.Select(row => row.Values["loss"]));
        Assert.Contains("went on from a checkpoint after epoch 2", resumed.Text, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(checkpoints));
    }

    [Fact]
    public void AnEndedTrainingIsReadBackWithoutABatchAndSaysSo()
    {
        var first = Train();
        var again = Train();
        Assert.Equal((0, 4), (first.ResumedFrom, again.ResumedFrom));
        Assert.Equal((12, 0), (first.Batches, again.Batches));
        Assert.Equal(4, Assert.Single(again.Heard));
        Assert.Equal(first.Weights, again.Weights);
        Assert.Equal(
            first.Metrics.Select(row => (row.Step, row.Values["loss"])), again.Metrics.Select(row => (row.Step, row.Values["loss"])));
        Assert.Contains("nothing was trained anew", again.Text, StringComparison.Ordinal);
        Assert.Equal((0, 12), (Train(resume: false).ResumedFrom, Train(resume: false).Batches));
    }

    [Fact]
    public void AnotherSettingImageOrWeightIsAnotherTraining()
    {
        string[] keys =
        [
            Key(),
            Key(options: Options with { Epochs = 2 }),
            Key(options: Options with { Seed = 8 }),
            Key(options: Options with { Optimizer = new KerasAdam { LearningRate = 3e-3 } }),
            Key(options: Options with { Stopping = new EarlyStopping { Monitor = TrainingMetric.Loss, Patience = 2 } }),
            Key(images: 23),
            Key(batch: 4),
            Key(validation: true),
            Key(change: true),
        ];
        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(keys[0], Key(options: Options with { Cpu = new CpuTuning { Threads = 1 } }));
        Assert.All(keys, key => Assert.Matches("^x-[0-9a-f]{12}$", key));
    }

    [Fact]
    public void LoaderOptionsDescribeWhatDecidesTheNumbers()
    {
        LoaderOptions options = new()
        {
            Width = 8,
            Height = 8,
            Augmentation = new() { ZoomRange = .2, WidthShiftRange = .1, RotationRange = 15 },
        };
        var described = FlatSettings.Of(options);
        Assert.Equal(described, FlatSettings.Of(options with { Workers = 0, CacheMegabytes = 1, PrefetchBatches = 1 }));
        Assert.Equal(new object?[] { .8, 1.2 }, described["augmentation.zoom_range"]);
        Assert.Equal(
            (.1, 15.0, 8, "pil_nearest"),
            (
                described["augmentation.width_shift_range.fraction"],
                described["augmentation.rotation_range_degrees"],
                described["width_pixels"],
                described["interpolation"]));
        Assert.Equal(
            new object?[] { .08, 1.0 }, FlatSettings.Of(options with { Augmentation = null, RandomCrop = new() })["random_crop.scale"]);
        Assert.NotEqual(described, FlatSettings.Of(options with { Normalization = PixelNormalization.ImageNet }));
    }

    [Fact]
    public void SeveralTrainingsOfOneExperimentAreKeptApart()
    {
        using var experiment = Begin();
        using var train = MemorySource.Random(22, 3, 16, 8, seed: 1);
        for (var seed = 1; seed <= 3; seed++)
        {
            using var model = TrainerTests.NewModel();
            experiment.Fit(model, train, null, Options with { Epochs = 2, Seed = seed });
        }

        experiment.Finish(new Dictionary<string, double>(StringComparer.Ordinal) { ["accuracy.mean"] = .5 });
        var run = store.Load(experiment.Id);
        Assert.Equal([1, 2, 1, 2, 1, 2], run.Metrics.Select(row => row.Step));
        Assert.Equal([0, 0, 2, 2, 3, 3], run.Metrics.Select(row => row.Values.GetValueOrDefault("fit")));
        Assert.Equal(6, run.Results["epochs_run"]);
        Assert.Equal(3, experiment.Fits.Select(fit => fit.CheckpointPath).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("training 3", experiment.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void ATrainingWithoutACheckpointWritesNoneAndReadsNone()
    {
        var kept = Train();
        using var experiment = Begin();
        using var model = TrainerTests.NewModel();
        using var train = MemorySource.Random(22, 3, 16, 8, seed: 1);
        var files = Directory.GetFiles(Path.Combine(folder.FullName, "checkpoints"));
        var written = File.GetLastWriteTimeUtc(Assert.Single(files));

        experiment.Fit(model, train, null, Options, checkpoint: false);

        Assert.Null(experiment.Fits[0].CheckpointPath);
        Assert.Equal((0, 12), (experiment.ResumedFrom, train.Handed));
        Assert.Equal(kept.Weights, TrainerTests.Weights(model));
        Assert.Equal(files, Directory.GetFiles(Path.Combine(folder.FullName, "checkpoints")));
        Assert.Equal(written, File.GetLastWriteTimeUtc(files[0]));
    }

    [Fact]
    public void WhatIsNotFinishedHasFailedWithAReason()
    {
        var left = Begin();
        left.Dispose();
        Assert.Equal(
            (RunStatus.Failed, "The experiment was left before it was finished."),
            (store.Load(left.Id).Status, store.Load(left.Id).Reason));

        using var wrong = Begin();
        using var model = TrainerTests.NewModel();
        using var train = MemorySource.Random(22, 3, 16, 8, seed: 1);
        Assert.Throws<ArgumentException>(() => wrong.Fit(model, train, null, Options with { Epochs = 0 }));
        Assert.Equal(RunStatus.Failed, store.Load(wrong.Id).Status);
        Assert.StartsWith("Epochs is 0", store.Load(wrong.Id).Reason, StringComparison.Ordinal);
        Assert.Contains(
            "Begin a new experiment",
            Assert.Throws<InvalidOperationException>(() => wrong.Fit(model, train, null, Options)).Message,
            StringComparison.Ordinal);
    }

    private Trained Train(bool resume = true, int? interruptAfter = null)
    {
        using var model = TrainerTests.NewModel();
        using var train = MemorySource.Random(22, 3, 16, 8, seed: 1);
        using var interruption = new CancellationTokenSource();
        using var experiment = Begin();
        var heard = new List<int>();
        var observer = new RecordingObserver(onEpoch: history =>
        {
            heard.Add(history.Epochs.Count);
            if (history.Epochs.Count == interruptAfter)
            {
                interruption.Cancel();
            }
        });
        experiment.Fit(model, train, null, Options, observer, resume, cancellation: interruption.Token);
        return new Trained(
            TrainerTests.Weights(model),
            store.Load(experiment.Id).Metrics,
            experiment.ResumedFrom,
            train.Handed,
            heard,
            experiment.ToPlainText());
    }

    private string Key(TrainerOptions? options = null, int images = 22, int batch = 8, bool validation = false, bool change = false)
    {
        using var model = TrainerTests.NewModel();
        if (change)
        {
            using var noGradients = TorchSharp.torch.no_grad();
            model.parameters().First().add_(1e-6f);
        }

        using var train = MemorySource.Random(images, 3, 16, batch, seed: 1);
        using var experiment = Begin();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        experiment.Fit(model, train, validation ? train : null, options ?? Options, cancellation: cancelled.Token);
        return Path.GetFileNameWithoutExtension(experiment.Fits[0].CheckpointPath!);
    }

    private Experiment Begin() => Experiment.Begin(store, "x", "a test", Audit);

    private sealed record Trained(
        double[] Weights, IReadOnlyList<MetricRow> Metrics, int ResumedFrom, int Batches, IReadOnlyList<int> Heard, string Text);
}
