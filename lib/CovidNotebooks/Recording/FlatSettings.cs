using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CovidNotebooks.Recording;

/// <summary>
/// Options as flat names and JSON values: the one way from what runs to what <c>run.json</c> and a checkpoint's key say of it.
/// </summary>
/// <remarks>
/// A setting is a property that can be set. Its name is the property's in snake_case, with its <see cref="UnitAttribute"/> behind it; a
/// part that has settings of its own gives its name, a dot and theirs. Where a part may be of several types (an optimiser, a stopping rule)
/// its own name holds the type. Words of enumerations and types are in snake_case too, ranges and lists are arrays. A part that is not
/// there is null; one that need not be there has its type's word under its own name.
/// </remarks>
public static class FlatSettings
{
    /// <summary>The settings of an object.</summary>
    /// <param name="part">A record of options, or whatever knows its own settings (<see cref="IRecordedSettings"/>).</param>
    /// <param name="prefix">What all names begin with, for example <c>trainer</c>; empty for nothing.</param>
    public static IReadOnlyDictionary<string, object?> Of(object part, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(part);
        var settings = new Dictionary<string, object?>(StringComparer.Ordinal);
        Add(settings, prefix, part);
        return settings;
    }

    /// <summary>The properties of a network's options, and <c>weights: none</c>: it starts from random numbers.</summary>
    /// <param name="options">The record; its own <see cref="IRecordedSettings"/> is not asked.</param>
    internal static IReadOnlyDictionary<string, object?> FromRandomWeights(IRecordedSettings options) =>
        new Dictionary<string, object?>(Properties(options), StringComparer.Ordinal) { ["weights"] = "none" };

    /// <summary>A word of the code in snake_case: <c>ValidationLoss</c> becomes <c>validation_loss</c>.</summary>
    public static string Word(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>Puts a prefix and a dot before every name.</summary>
    internal static IEnumerable<KeyValuePair<string, object?>> Prefixed(
        string prefix, IEnumerable<KeyValuePair<string, object?>> settings) =>
        settings.Select(pair => KeyValuePair.Create(Name(prefix, pair.Key), pair.Value));

    private static void Add(Dictionary<string, object?> settings, string prefix, object part)
    {
        foreach (var (name, value) in part is IRecordedSettings own ? own.ToSettings() : Properties(part))
        {
            settings[Name(prefix, name)] = value;
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Properties(object part)
    {
        foreach (var property in part.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!property.CanWrite || property.GetIndexParameters().Length > 0 || property.IsDefined(typeof(NotRecordedAttribute)))
            {
                continue;
            }

            var name = Word(property.Name) + (property.GetCustomAttribute<UnitAttribute>() is { } unit ? "_" + unit.Name : string.Empty);
            var value = property.GetValue(part);
            if (value is null && property.IsDefined(typeof(RecordedWhenSetAttribute)))
            {
                continue;
            }

            if (value is not null && Plain(value) is { } plain)
            {
                yield return KeyValuePair.Create<string, object?>(name, plain);
            }
            else if (value is null)
            {
                yield return KeyValuePair.Create<string, object?>(name, null);
            }
            else
            {
                if (property.PropertyType.IsAbstract || IsOptional(property))
                {
                    yield return KeyValuePair.Create<string, object?>(name, Word(value.GetType().Name));
                }

                foreach (var own in Of(value, name))
                {
                    yield return own;
                }
            }
        }
    }

    /// <summary>A value as JSON has it; null for a part with settings of its own.</summary>
    private static object? Plain(object value) => value switch
    {
        string or bool => value,
        Enum word => Word(word.ToString()),
        float single => double.Parse(single.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        IConvertible => value,
        ITuple tuple => Enumerable.Range(0, tuple.Length).Select(i => Plain(tuple[i]!)).ToArray(),
        IEnumerable items => items.Cast<object>().Select(item => Plain(item) ?? Of(item).Values.ToArray()).ToArray(),
        ValueType range when value is not IRecordedSettings =>
            range.GetType().GetProperties().Where(property => property.CanWrite).Select(property => Plain(property.GetValue(range)!))
                .ToArray(),
        _ => null,
    };

    /// <summary>Whether a part may be null: then its own name tells that it is there.</summary>
    private static bool IsOptional(PropertyInfo property) =>
        new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;

    private static string Name(string prefix, string name) => prefix.Length == 0 ? name : name.Length == 0 ? prefix : $"{prefix}.{name}";
}
