using System.Text.Json;

namespace CovidNotebooks.Cli.TextChecks;

/// <summary>A number that no output prints, with the reason why it may be written: a threshold, a size, a year.</summary>
/// <param name="Number">As it is printed.</param>
/// <param name="Words">Words of which the sentence must have one.</param>
/// <param name="Reason">Where it comes from.</param>
internal sealed record NamedConstant(string Number, string Words, string Reason)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    /// <summary>The constants of a file; none where there is no such file.</summary>
    /// <param name="path">A list of objects with <c>number</c>, <c>words</c> and <c>reason</c>.</param>
    /// <exception cref="InvalidDataException">It is no such list, or an entry lacks something.</exception>
    public static IReadOnlyList<NamedConstant> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            var constants = JsonSerializer.Deserialize<IReadOnlyList<NamedConstant>>(File.ReadAllText(path), Options) ?? [];
            return constants.FirstOrDefault(item => NumberInText.In(item.Number).Count == 0 || Vocabulary.Of(item.Words).Count == 0
                || string.IsNullOrWhiteSpace(item.Reason)) is { } bad
                ? throw new InvalidDataException($"{Path.GetFileName(path)}: the constant '{bad.Number}' needs a number, words that a "
                    + "sentence must hold, and a reason.")
                : constants;
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{Path.GetFileName(path)} is no list of objects with number, words and reason: "
                + $"{problem.Message}", problem);
        }
    }

    /// <summary>It as a source.</summary>
    public SourceRow ToSource()
    {
        var words = Vocabulary.Of(Words);
        return new SourceRow("named constant", $"{Number}: {Reason}", null, null, words,
            [.. NumberInText.In(Number).Select(number => new SourceNumber(number, words, Vocabulary.Of(""), IsBound: false))])
        {
            IsNamed = true,
        };
    }
}
