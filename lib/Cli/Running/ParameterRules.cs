using System.Globalization;
using System.Text.RegularExpressions;
using CovidNotebooks.Data;
using CovidNotebooks.Training;

namespace CovidNotebooks.Cli.Running;

/// <summary>
/// What the parameters of a notebook may be, asked of the library's own options before the first cell runs: <c>--set epochs=0</c> is
/// refused with the sentence that the trainer would give an hour later. Names are those that the notebooks use; a parameter of another name
/// is the notebook's own affair.
/// </summary>
internal static partial class ParameterRules
{
    /// <summary>Fewer pixels are gone after a network has halved a picture five times; more than this is a slip of the finger.</summary>
    private const int SmallestSide = 32, LargestSide = 2048;

    private static readonly LoaderOptions Loader = new() { Width = 1, Height = 1 };

    private static readonly Dictionary<string, Action<double>> Rules = new(StringComparer.Ordinal)
    {
        ["epochs"] = Epochs,
        ["smallEpochs"] = Epochs,
        ["largeEpochs"] = value => AtLeast(value, 0, "epochs; 0 leaves the training out"),
        ["correctedEpochs"] = value => AtLeast(value, 0, "epochs; 0 leaves the training out"),
        ["learningRate"] = LearningRate,
        ["lowerRate"] = LearningRate,
        ["batchSize"] = value => (Loader with { BatchSize = Whole(value) }).Validate(),
        ["largeSteps"] = value => (Loader with { StepsPerEpoch = Whole(value) }).Validate(),
        ["imageSize"] = ImageSize,
        ["trunkSize"] = ImageSize,
        ["fineTuneEpochs"] = Epochs,
        ["workers"] = value => (Loader with { Workers = Whole(value) }).Validate(),
        ["patience"] = value => new EarlyStopping { Patience = Whole(value) }.Validate(),
        ["phantoms"] = value => new PhantomOptions { TrainPerClass = Whole(value) }.Validate(),
        ["draws"] = value => AtLeast(value, 1, "picture"),
        ["seeds"] = value => AtLeast(value, 2, "seeds: a spread needs two"),
        ["foldSeeds"] = value => AtLeast(value, 2, "seeds: a spread needs two"),
        ["passes"] = value => AtLeast(value, 1, "pass"),
        ["maps"] = value => AtLeast(value, 1, "image"),
        ["resamples"] = value => AtLeast(value, 1, "resample"),
    };

    /// <summary>Refuses a value that the library's options would refuse.</summary>
    /// <exception cref="RunRequestException">The value is outside the option's range.</exception>
    public static void Check(IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (name, text) in parameters)
        {
            if (name == "device" && !Devices().IsMatch(text))
            {
                throw new RunRequestException(
                    $"--set {name}={text}: expected cpu, cuda, cuda:0 (a number for the GPU) or mps. No cell was run.");
            }

            if (!Rules.TryGetValue(name, out var rule)
                || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                continue;
            }

            try
            {
                rule(value);
            }
            catch (ArgumentException refused)
            {
                throw new RunRequestException($"--set {name}={text}: {Sentence(refused)} No cell was run.");
            }
        }
    }

    private static void Epochs(double value) => new TrainerOptions { Epochs = Whole(value) }.Validate();

    private static void LearningRate(double value) => new KerasAdam { LearningRate = value }.Validate();

    private static void ImageSize(double value)
    {
        if (!(value >= SmallestSide && value <= LargestSide))
        {
            throw new ArgumentOutOfRangeException(
                message: $"Pictures are {SmallestSide} to {LargestSide} pixels high and wide: the networks halve them five times.",
                innerException: null);
        }
    }

    private static void AtLeast(double value, int least, string of)
    {
        if (!(value >= least))
        {
            throw new ArgumentOutOfRangeException(message: $"Expected at least {least} {of}.", innerException: null);
        }
    }

    [GeneratedRegex(@"\A""?(cpu|cuda(:\d{1,3})?|mps)""?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Devices();

    private static int Whole(double value) => (int)Math.Clamp(value, int.MinValue, int.MaxValue);

    /// <summary>The message without the name of the code's parameter and the value, which .NET puts behind it.</summary>
    private static string Sentence(ArgumentException refused)
    {
        var line = refused.Message.Split('\n')[0];
        var end = line.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return (end < 0 ? line : line[..end]).TrimEnd();
    }
}
