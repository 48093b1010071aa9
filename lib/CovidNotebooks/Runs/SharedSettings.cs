using System.Text.Json;

namespace CovidNotebooks.Runs;

/// <summary>Several trainings, or several evaluations, of one run: what they share, and what each has of its own.</summary>
internal static class SharedSettings
{
    /// <summary>Splits the settings of trainings.</summary>
    /// <param name="trainings">One dictionary a training.</param>
    /// <returns>What all have with the same value; and for each what is left, nothing at all where there is nothing left.</returns>
    public static (
        IReadOnlyDictionary<string, object?> Shared,
        IReadOnlyList<IReadOnlyDictionary<string, object?>> Own) Of(IReadOnlyList<IReadOnlyDictionary<string, object?>> trainings)
    {
        if (trainings.Count == 0)
        {
            return (new Dictionary<string, object?>(StringComparer.Ordinal), []);
        }

        var shared = trainings[0]
            .Where(pair => trainings.All(other => other.TryGetValue(pair.Key, out var value) && Same(value, pair.Value)))
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        IReadOnlyDictionary<string, object?>[] own =
            [
                .. trainings.Select(training =>
                    training.Where(pair => !shared.ContainsKey(pair.Key))
                        .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)),
            ];
        return (shared, own.All(training => training.Count == 0) ? [] : own);
    }

    /// <summary>What all evaluations share, with the images of all of them and every part that was evaluated.</summary>
    public static IReadOnlyDictionary<string, object?> OfEvaluations(IReadOnlyList<IReadOnlyDictionary<string, object?>> evaluations)
    {
        var shared = new Dictionary<string, object?>(Of(evaluations).Shared, StringComparer.Ordinal);
        if (evaluations.Count > 1)
        {
            shared["evaluation.images"] = evaluations.Sum(evaluation => (int)evaluation["evaluation.images"]!);
            if (evaluations.All(evaluation => evaluation.ContainsKey("evaluation.part")))
            {
                shared["evaluation.part"] = string.Join(
                    " + ", evaluations.Select(evaluation => (string)evaluation["evaluation.part"]!).Distinct(StringComparer.Ordinal));
            }
        }

        return shared;
    }

    /// <summary>Whether two settings are the same in a record: by their JSON.</summary>
    public static bool Same(object? one, object? other) => string.Equals(Text(one), Text(other), StringComparison.Ordinal);

    private static string Text(object? value) => JsonSerializer.Serialize(value, RunDocument.OneLine);
}
