using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Training;

namespace CovidNotebooks.Cli.Running;

/// <summary>
/// What the parameters of a notebook may be, asked of the library's own options before the first cell runs: <c>--set epochs=0</c> is refused with the sentence that the
/// trainer would give an hour later. Names are those that the notebooks use; a parameter of another name is the notebook's own affair.
/// </summary>
internal static class ParameterRules
{
    private static readonly LoaderOptions Loader = new() { Width = 1, Height = 1 };

    private static readonly Dictionary<string, Action<double>> Rules = new(StringComparer.Ordinal)
    {
        ["epochs"] = value => new TrainerOptions { Epochs = Whole(value) }.Validate(),
        ["learningRate"] = value => new KerasAdam { LearningRate = value }.Validate(),
        ["batchSize"] = value => (Loader with { BatchSize = Whole(value) }).Validate(),
        ["imageSize"] = value => (Loader with { Width = Whole(value) }).Validate(),
        ["workers"] = value => (Loader with { Workers = Whole(value) }).Validate(),
        ["patience"] = value => new EarlyStopping { Patience = Whole(value) }.Validate(),
    };

    /// <summary>Refuses a value that the library's options would refuse.</summary>
    /// <exception cref="RunRequestException">The value is outside the option's range.</exception>
    public static void Check(IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (name, text) in parameters)
        {
            if (!Rules.TryGetValue(name, out var rule) || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
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

    private static int Whole(double value) => (int)Math.Clamp(value, int.MinValue, int.MaxValue);

    /// <summary>The message without the name of the code's parameter and the value, which .NET puts behind it.</summary>
    private static string Sentence(ArgumentException refused)
    {
        var line = refused.Message.Split('\n')[0];
        var end = line.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return (end < 0 ? line : line[..end]).TrimEnd();
    }
}
