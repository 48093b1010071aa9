using CovidNotebooks.Display;
using CovidNotebooks.Runs;

namespace CovidNotebooks.Protocols;

/// <summary>What differs between a document's settings and those of a run, setting by setting.</summary>
internal static class SettingDifferences
{
    /// <summary>Endings of settings that move a number by chance only, or that follow from the images.</summary>
    private static readonly string[] FreeEndings =
        [".seed", ".images", ".images_sha256", ".batches_per_epoch", ".feature_bank", ".feature_bank.draws"];

    /// <summary>Beginnings of settings that are told elsewhere (data, weights) or change no number.</summary>
    private static readonly string[] FreeBeginnings =
        [
            "trainer.device",
            "trainer.cpu",
            "split.parts",
            "split.images",
            "split.groups",
            "model.parameters",
            "model.trained_parameters",
            "model.initial_weights",
            "model.weights",
            "model.trunk",
        ];

    /// <summary>Groups that a document has settings for.</summary>
    private static readonly string[] Groups = ["split", "model", "trainer", "train", "validation", "evaluation", "threshold_rule"];

    private const string TrainingPart = "train.part";

    private const string Draws = "train.feature_bank.draws";

    /// <summary>Names whose values differ, a part's own name in place of what is below it.</summary>
    public static IReadOnlyList<string> Changed(IReadOnlyDictionary<string, object?> published, IReadOnlyDictionary<string, object?> used)
    {
        var changed = new List<string>();
        foreach (var name in published.Keys.Union(used.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var isBelow = changed.Exists(above => name.StartsWith(above + ".", StringComparison.Ordinal));
            if (!isBelow && !SharedSettings.Same(published.GetValueOrDefault(name), used.GetValueOrDefault(name)))
            {
                changed.Add(name);
            }
        }

        return changed;
    }

    /// <summary>The differences as clauses.</summary>
    public static IReadOnlyList<string> Of(Protocol document, IReadOnlyDictionary<string, object?> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var published = document.AsPublishedOn(recorded).ToSettings(
            Number(recorded, "trainer.seed") ?? 0,
            (int?)Number(recorded, "train.images"),
            (int?)Number(recorded, "validation.images"));
        var (expected, ran) = (Comparable(published), Comparable(recorded));

        // What has not happened yet, or not at all (a run that only asks a trained network anew), differs from nothing.
        foreach (var group in Groups.Where(group => !ran.Keys.Any(name => IsIn(group, name))))
        {
            foreach (var name in expected.Keys.Where(name => IsIn(group, name)).ToArray())
            {
                expected.Remove(name);
            }
        }

        // Of several trainings each has a part of its own, and the record holds what they share.
        if (!ran.ContainsKey(TrainingPart))
        {
            expected.Remove(TrainingPart);
        }

        // A training without validation images says so once.
        if (recorded.ContainsKey("validation"))
        {
            expected = expected.Where(pair => !IsIn("validation", pair.Key) || pair.Key is "validation.part")
                .ToDictionary(StringComparer.Ordinal);
        }

        // Another network than the document's is told by its name.
        if (document.PublishedTrunk is { } trunk
            && recorded.GetValueOrDefault("model.trunk") is string other
            && !string.Equals(trunk, other, StringComparison.Ordinal))
        {
            expected.Remove("model");
            ran.Remove("model");
        }

        var draws = Number(recorded, Draws);
        string[] fewDraws = draws < (Number(recorded, "trainer.epochs") ?? long.MaxValue)
            && recorded.GetValueOrDefault("train.augmentation") is not null
            ? [$"{draws} draws of the augmentation instead of another one each epoch"]
            : [];
        var changed = Changed(expected, ran);
        return
        [
            .. changed.Where(name => !IsToldAbove(name, changed, expected, ran))
            .Select(name => Clause(name, expected.GetValueOrDefault(name), ran.GetValueOrDefault(name))),
            .. fewDraws,
        ];
    }

    /// <summary>
    /// Whether the same change is told of the training images already: loaders share their settings, and a picture's height and the
    /// network's size are its width's.
    /// </summary>
    private static bool IsToldAbove(
        string name, IReadOnlyList<string> changed, Dictionary<string, object?> published, Dictionary<string, object?> ran)
    {
        var above = name is "train.height_pixels" or "model.image_size_pixels" ? "train.width_pixels"
            : IsIn("validation", name) || IsIn("evaluation", name) ? "train"
                + name[name.IndexOf('.', StringComparison.Ordinal)..].Replace(".height_", ".width_", StringComparison.Ordinal)
            : null;
        return above is not null
            && changed.Contains(above, StringComparer.Ordinal)
            && SharedSettings.Same(published.GetValueOrDefault(above), published.GetValueOrDefault(name))
            && SharedSettings.Same(ran.GetValueOrDefault(above), ran.GetValueOrDefault(name));
    }

    private static string Clause(string name, object? published, object? ran) => $"{name} {Text(ran)} instead of {Text(published)}";

    private static string Text(object? value) => value is null ? "none" : DisplayedSetting.Text(value);

    private static Dictionary<string, object?> Comparable(IReadOnlyDictionary<string, object?> settings) => settings
        .Where(pair => Groups.Any(group => IsIn(group, pair.Key)))
        .Where(pair => pair.Key is not "evaluation.threshold")
        .Where(pair => !FreeEndings.Any(ending => pair.Key.EndsWith(ending, StringComparison.Ordinal)) || pair.Key is "split.rule.seed")
        .Where(pair => !FreeBeginnings.Any(beginning => pair.Key.StartsWith(beginning, StringComparison.Ordinal)))
        .ToDictionary(StringComparer.Ordinal);

    private static bool IsIn(string group, string name) =>
        name.StartsWith(group, StringComparison.Ordinal) && (name.Length == group.Length || name[group.Length] == '.');

    private static long? Number(IReadOnlyDictionary<string, object?> settings, string name) =>
        settings.GetValueOrDefault(name) switch { int number => number, long number => number, _ => null };
}
