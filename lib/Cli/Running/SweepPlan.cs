using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Headless;
using CovidNotebooks.Recording;
using CovidNotebooks.Runs.Sweeps;

namespace CovidNotebooks.Cli.Running;

/// <summary>What <c>kit sweep</c> was asked for, as it lies in the sweep's folder: <c>sweep.json</c>.</summary>
internal sealed record SweepPlan
{
    private const string FileName = "sweep.json";
    private const string SeedParameter = "seed";
    private const string RunsParameter = "runs";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The notebook, absolute.</summary>
    public required string Notebook { get; init; }

    /// <summary>Parameters that are swept over, with their values as typed.</summary>
    public required IReadOnlyDictionary<string, string[]> Over { get; init; }

    /// <summary>The seeds 1 to this number; 0 for the notebook's own.</summary>
    public int Seeds { get; init; }

    /// <summary>Parameters that all items share, <c>name=value</c>.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>The folder of the image sets; null for the usual one.</summary>
    public string? Data { get; init; }

    /// <summary>Whether items run on phantoms.</summary>
    public bool Phantoms { get; init; }

    /// <summary>The store that the items' runs go to, where the notebook has a parameter <c>runs</c>.</summary>
    public required string Runs { get; init; }

    /// <summary>The items.</summary>
    public IReadOnlyList<SweepItem> Items()
    {
        var types = ParameterInjection.Of(NotebookFile.Read(Notebook))
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Type.TrimEnd('?'), StringComparer.Ordinal);
        return SweepItem.Grid(
            [
                .. Over.Select(pair =>
                    (pair.Key, (IReadOnlyList<object?>)[.. pair.Value.Select(text => Value(text, types.GetValueOrDefault(pair.Key)))])),
            ],
            [.. Enumerable.Range(1, Seeds).Select(seed => (long)seed)]);
    }

    /// <summary>
    /// The name of the sweep's folder: the notebook's, and eight digits made of its content and what all items share. More values or seeds
    /// are the same sweep; a changed notebook is another one.
    /// </summary>
    public string Name()
    {
        var text = string.Join('\n', [File.ReadAllText(Notebook), .. Parameters, Data ?? "", Phantoms.ToString(), Runs]);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return $"{Path.GetFileNameWithoutExtension(Notebook)}-{hash[..8]}";
    }

    /// <summary>Reads names and values, <c>name=a,b,c</c>.</summary>
    /// <exception cref="RunRequestException">One is not of that form, or a name is there twice.</exception>
    public static IReadOnlyDictionary<string, string[]> ParseOver(IEnumerable<string> typed)
    {
        var over = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var text in typed)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            var values = at < 1 ? [] : text[(at + 1)..].Split(',', StringSplitOptions.TrimEntries);
            if (values.Length == 0 || Array.Exists(values, value => value.Length == 0))
            {
                throw new RunRequestException($"--over {text}: expected name=a,b,c, for example --over learningRate=0.001,0.0001.");
            }

            if (!over.TryAdd(text[..at].Trim(), values))
            {
                throw new RunRequestException($"--over {text}: {text[..at].Trim()} is swept over twice. Give all its values at once.");
            }
        }

        return over;
    }

    /// <summary>The call that computes an item, behind <c>kit</c>.</summary>
    /// <param name="item">Which.</param>
    /// <param name="folder">The sweep's folder.</param>
    public IReadOnlyList<string> Call(SweepItem item, string folder) =>
    [
        "run", Notebook,
        .. Settings(item).SelectMany(setting => (string[])["--set", setting]),
        .. Data is null ? Array.Empty<string>() : ["--data", Data],
        .. Phantoms ? ["--phantoms"] : Array.Empty<string>(),
        "--out", Output(item, folder),
    ];

    /// <summary>Where an item's executed notebook is.</summary>
    public static string Output(SweepItem item, string folder) => Path.Combine(folder, "notebooks", item.Key + ".ipynb");

    /// <summary>Refuses, before the first item, what the first cell of any item would refuse.</summary>
    /// <exception cref="RunRequestException">A value is outside its range, or the notebook lacks a parameter.</exception>
    /// <exception cref="NotebookException">The notebook cannot be read, has no such parameter, or a value is not of its type.</exception>
    public void Check(Checkout checkout)
    {
        IReadOnlyList<SweepItem> items;
        try
        {
            items = Items();
        }
        catch (ArgumentException refused)
        {
            throw new RunRequestException(refused.Message.Split(" (Parameter '")[0]);
        }

        foreach (var item in items)
        {
            var plan = RunPlan.Of(
                new RunRequest
                {
                    Notebooks = [Notebook],
                    Parameters = [.. Settings(item)],
                    Data = Data,
                    Phantoms = Phantoms,
                    Out = "item.ipynb",
                },
                checkout);
            ParameterInjection.Apply(NotebookFile.Read(Notebook), plan.Notebooks[0].Parameters);
        }
    }

    /// <summary>Writes the plan into the sweep's folder.</summary>
    public void Write(string folder) =>
        WholeFile.Write(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>The plan of a sweep's folder; null where it is no such folder.</summary>
    /// <exception cref="RunRequestException">The plan cannot be read.</exception>
    public static SweepPlan? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<SweepPlan>(File.ReadAllText(path), Json) : null;
        }
        catch (JsonException torn)
        {
            throw new RunRequestException(
                $"{path} cannot be read: {torn.Message.Split('.')[0]}. "
                    + "Call kit sweep with the notebook once more; what has finished is kept.");
        }
    }

    private IEnumerable<string> Settings(SweepItem item)
    {
        var declared = ParameterInjection.Of(NotebookFile.Read(Notebook)).Select(parameter => parameter.Name)
            .ToHashSet(StringComparer.Ordinal);
        if (item.Seed is not null && !declared.Contains(SeedParameter))
        {
            throw new RunRequestException(
                $"--seeds: {Path.GetFileName(Notebook)} has no parameter '{SeedParameter}' in its cell tagged 'parameters'. Give it "
                    + "one, or leave --seeds out.");
        }

        var set = item.Settings.Select(pair => $"{pair.Key}={Convert.ToString(pair.Value, CultureInfo.InvariantCulture)}").ToList();
        set.AddRange(item.Seed is { } seed ? [string.Create(CultureInfo.InvariantCulture, $"{SeedParameter}={seed}")] : []);
        set.AddRange(
            declared.Contains(RunsParameter) && !Parameters.Any(own => own.StartsWith(RunsParameter + "=", StringComparison.Ordinal))
                ? [$"{RunsParameter}={Runs}"]
                : []);
        return [.. Parameters, .. set];
    }

    /// <summary>A number where the notebook's parameter is one, so that the table has columns of numbers; else the text.</summary>
    private static object? Value(string text, string? type) => type switch
    {
        "int" or "long" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        "double" or "float" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };
}
