using System.Collections.Frozen;
using System.Text.Json;
using CovidNotebooks.Display;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Recording;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>
/// The whole state of a training after an epoch in one safetensors file: weights, the optimiser's tensors, gradients that wait, best
/// weights, the state of torch's random generator, and as JSON in its metadata the history, the stopping rule's state and the settings.
/// </summary>
internal static class TrainingCheckpoint
{
    private const string DocumentKey = "training";
    private const string RandomKey = "random";
    private const string ModelPrefix = "model/";
    private const string OptimizerPrefix = "optimizer/";
    private const string GradientPrefix = "gradient/";
    private const string GatheredPrefix = "gathered/";
    private const string BestPrefix = "best/";
    private const string StopperPrefix = "stopper/";

    /// <summary>Settings that may differ when a training goes on.</summary>
    public static readonly FrozenSet<string> FreeSettings = FrozenSet.Create(
        StringComparer.Ordinal, "epochs", "device", "cpu.threads", "cpu.keep_freed_memory", "cpu.largest_kept_megabytes");

    public static void Save(string path, TrainingRun run)
    {
        using var scope = NewDisposeScope();
        using var generator = Generator.Default;
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal) { [RandomKey] = generator.get_state() };
        AddAll(tensors, ModelPrefix, run.Model.state_dict());
        AddAll(tensors, OptimizerPrefix, run.Optimizer.State);
        AddAll(tensors, BestPrefix, run.BestWeights);
        AddAll(tensors, StopperPrefix, run.StopperWeights);
        AddAll(tensors, GatheredPrefix, run.Gathered.State(run.Model));
        if (run.PendingImages > 0)
        {
            AddAll(tensors, GradientPrefix, run.Optimizer.Parameters
                .Select(pair => (pair.Name, Gradient: ParameterGradient.Of(pair.Parameter)))
                .Where(pair => pair.Gradient is not null)
                .ToDictionary(pair => pair.Name, pair => pair.Gradient!, StringComparer.Ordinal));
        }

        var history = run.History;
        var document = new CheckpointDocument(
            CheckpointDocument.CurrentFormat, Settings(run.Options), history.Epochs, run.StoppingState, run.StopReason, run.StopExplanation,
            run.PendingImages, run.Optimizer.Iterations, run.Optimizer.LearningRate);
        Safetensors.Write(path, tensors, new Dictionary<string, string>(StringComparer.Ordinal) { [DocumentKey] = document.ToJson() });
    }

    /// <exception cref="WeightsException">The file is damaged or of another training; nothing was changed.</exception>
    public static void Load(string path, TrainingRun run)
    {
        using var content = Safetensors.Read(path);
        var document = Document(path, content);
        CheckSettings(path, document, run.Options);
        if (!content.Tensors.TryGetValue(RandomKey, out var random))
        {
            throw new WeightsException(
                $"'{path}' holds no random state. "
                    + "It is no checkpoint of a training; its weights alone can be read with ModelWeights.Load.");
        }

        ModelWeights.Copy(Under(content, ModelPrefix), run.Model);
        run.Optimizer.Load(Under(content, OptimizerPrefix), document.Iterations);
        run.Optimizer.LearningRate = document.LearningRate;
        var gradients = Under(content, GradientPrefix);
        foreach (var (name, parameter) in run.Optimizer.Parameters)
        {
            if (gradients.TryGetValue(name, out var gradient))
            {
                ParameterGradient.Set(parameter, gradient.clone().DetachFromDisposeScope());
            }
        }

        run.Gathered.Load(run.Model, Under(content, GatheredPrefix));
        using var generator = Generator.Default;
        generator.set_state(random);
        run.Resume(new ResumedState(
            document.Epochs, document.StoppingState, document.StopReason, document.StopExplanation, document.PendingImages,
            Snapshot(content, BestPrefix), Snapshot(content, StopperPrefix)));
    }

    private static CheckpointDocument Document(string path, WeightsContent content)
    {
        if (!content.Metadata.TryGetValue(DocumentKey, out var text))
        {
            throw new WeightsException(
                $"'{path}' holds weights but no training. Read it with ModelWeights.Load, or name a checkpoint that Trainer.Fit wrote.");
        }

        try
        {
            var document = CheckpointDocument.FromJson(text);
            return document.Format == CheckpointDocument.CurrentFormat
                ? document
                : throw new WeightsException(
                    $"'{path}' has checkpoint format {document.Format}; this version reads format {CheckpointDocument.CurrentFormat}. "
                        + "Train anew or use the version that wrote it.");
        }
        catch (JsonException error)
        {
            throw new WeightsException($"'{path}' has a damaged description of its training: {error.Message}", error);
        }
    }

    private static void CheckSettings(string path, CheckpointDocument document, TrainerOptions options)
    {
        var settings = Settings(options);
        var different = settings.Keys.Union(document.Settings.Keys, StringComparer.Ordinal)
            .Where(name => !FreeSettings.Contains(name))
            .Where(name =>
                !string.Equals(settings.GetValueOrDefault(name), document.Settings.GetValueOrDefault(name), StringComparison.Ordinal))
            .Select(name =>
                $"{name} was {document.Settings.GetValueOrDefault(name) ?? "not set"}, is "
                    + $"{settings.GetValueOrDefault(name) ?? "not set"}")
            .ToList();
        if (different.Count > 0)
        {
            throw new WeightsException(
                $"'{path}' is of a training with other settings, nothing was loaded: {string.Join("; ", different)}. Use the same "
                    + "settings, or train anew under another path.");
        }
    }

    private static Dictionary<string, string> Settings(TrainerOptions options) =>
        FlatSettings.Of(options).ToDictionary(pair => pair.Key, pair => DisplayedNumber.ValueText(pair.Value), StringComparer.Ordinal);

    private static void AddAll(Dictionary<string, Tensor> into, string prefix, IReadOnlyDictionary<string, Tensor>? tensors)
    {
        foreach (var (name, tensor) in tensors ?? new Dictionary<string, Tensor>(StringComparer.Ordinal))
        {
            into.Add(prefix + name, tensor);
        }
    }

    private static Dictionary<string, Tensor> Under(WeightsContent content, string prefix) => content.Tensors
        .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value, StringComparer.Ordinal);

    private static WeightsSnapshot? Snapshot(WeightsContent content, string prefix)
    {
        var tensors = Under(content, prefix);
        return tensors.Count == 0 ? null : new WeightsSnapshot(tensors);
    }
}
