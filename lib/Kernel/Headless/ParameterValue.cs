using System.Globalization;
using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CovidNotebooks.Kernel.Headless;

/// <summary>Turns a typed value into the C# literal of a parameter's type.</summary>
internal static class ParameterValue
{
    /// <summary>The type of a declaration; that of its default when it says <c>var</c>.</summary>
    public static string TypeOf(TypeSyntax type, ExpressionSyntax value) => type.IsVar ? TypeOf(value) : type.ToString();

    /// <summary>The literal for a value as it was typed on the command line.</summary>
    /// <exception cref="ParameterException">The value is not of the parameter's type.</exception>
    public static string Literal(NotebookParameter parameter, string typed)
    {
        var (name, type) = (parameter.Name, parameter.Type);
        if (type.EndsWith("[]", StringComparison.Ordinal) || type.EndsWith("[]?", StringComparison.Ordinal))
        {
            if (typed == "null" && AllowsNull(parameter))
            {
                return "null";
            }

            var element = type[..type.LastIndexOf('[')];
            var item = new NotebookParameter(name, element, "");
            return $"new {element}[] {{ {string.Join(", ", Items(typed).Select(value => Scalar(item, value, type)))} }}";
        }

        return Scalar(parameter, typed, type);
    }

    private static bool AllowsNull(NotebookParameter parameter) =>
        parameter.Type.EndsWith('?') || parameter.Default is "null" or "null!" or "default";

    private static string Scalar(NotebookParameter parameter, string typed, string whole)
    {
        if (typed == "null" && AllowsNull(parameter))
        {
            return "null";
        }

        var trimmed = typed.Trim();
        var literal = parameter.Type.TrimEnd('?') switch
        {
            "int" =>
                int.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    ? number.ToString(CultureInfo.InvariantCulture)
                    : null,
            "long" =>
                long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                    ? number.ToString(CultureInfo.InvariantCulture) + "L"
                    : null,
            "double" =>
                double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                    ? WithPoint(number.ToString("R", CultureInfo.InvariantCulture))
                    : null,
            "float" =>
                float.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number)
                    ? number.ToString("R", CultureInfo.InvariantCulture) + "f"
                    : null,
            "decimal" =>
                decimal.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? number.ToString(CultureInfo.InvariantCulture) + "m"
                    : null,
            "bool" => bool.TryParse(trimmed, out var flag) ? (flag ? "true" : "false") : null,
            "string" => SymbolDisplay.FormatLiteral(Unquoted(typed), quote: true),
            _ =>
                throw new ParameterException(
                    $"Parameter '{parameter.Name}' is declared as '{whole}', and only int, long, double, float, decimal, bool, "
                        + "string, their nullable forms and arrays can be set from outside. "
                        + "Declare it with one of these types in the cell tagged 'parameters'."),
        };
        return literal ?? throw new ParameterException(
            $"Parameter '{parameter.Name}' is of type {whole}, and '{typed}' is not a value of "
                + $"{(whole == parameter.Type ? "that type" : parameter.Type)}. {Expected(parameter, whole)}");
    }

    private static string Expected(NotebookParameter parameter, string whole) => whole != parameter.Type
        ? "A list is written as 1,2,3 or as [1, 2, 3]."
        : $"Its default is {parameter.Default}.";

    private static string WithPoint(string number) => number.All(c => char.IsAsciiDigit(c) || c == '-') ? number + ".0" : number;

    private static string Unquoted(string typed)
    {
        if (typed.Length >= 2 && typed[0] == '"' && typed[^1] == '"')
        {
            try
            {
                return JsonSerializer.Deserialize<string>(typed)!;
            }
            catch (JsonException)
            {
                return typed;
            }
        }

        return typed;
    }

    private static IEnumerable<string> Items(string typed)
    {
        var trimmed = typed.Trim();
        if (trimmed.StartsWith('['))
        {
            try
            {
                return JsonSerializer.Deserialize<JsonElement[]>(trimmed)!.Select(
                    item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText()).ToList();
            }
            catch (JsonException)
            {
                trimmed = trimmed.TrimStart('[').TrimEnd(']');
            }
        }

        return trimmed.Length == 0 ? [] : trimmed.Split(',').Select(item => item.Trim());
    }

    private static string TypeOf(ExpressionSyntax value) => value switch
    {
        PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax literal } => TypeOf(literal),
        LiteralExpressionSyntax { Token.Value: { } constant } => constant switch
        {
            int => "int",
            long => "long",
            double => "double",
            float => "float",
            decimal => "decimal",
            bool => "bool",
            string => "string",
            _ => "var",
        },
        ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: { Count: > 0 } items } => TypeOf(items[0]) + "[]",
        ArrayCreationExpressionSyntax array => array.Type.ElementType + "[]",
        _ => "var",
    };
}
