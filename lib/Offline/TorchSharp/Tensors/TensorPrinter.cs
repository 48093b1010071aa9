using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Writes a tensor as text. Of dimensions longer than <see cref="Shown"/> the middle is left out.</summary>
internal sealed class TensorPrinter
{
    private const int Ends = 3;
    private const int Shown = 2 * Ends;
    private readonly string[] cells;
    private readonly int[] sizes;
    private readonly bool[] shortened;
    private readonly string newLine;

    private TensorPrinter(Tensor tensor, Func<Scalar, string> format, string newLine)
    {
        this.newLine = newLine;
        shortened = [.. tensor.shape.Select(size => size > Shown)];
        sizes = [.. tensor.shape.Select(size => (int)Math.Min(size, Shown))];
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var small = tensor.detach().cpu();
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            if (shortened[axis])
            {
                small = cat([small.narrow(axis, 0, Ends), small.narrow(axis, small.shape[axis] - Ends, Ends)], axis);
            }
        }

        cells = [.. small.flatten().unbind().Select(element => format(element.ToScalar()))];
    }

    internal static string Metadata(Tensor tensor)
    {
        var text = $"[{string.Join('x', tensor.shape)}], type = {tensor.dtype}, device = {tensor.device}";
        return string.IsNullOrEmpty(tensor.name) ? text : $"{tensor.name}: {text}";
    }

    /// <summary>Columns set under each other, matrix by matrix.</summary>
    internal static string Julia(Tensor tensor, string fltFormat, CultureInfo culture, string newLine)
    {
        var text = new StringBuilder(Metadata(tensor));
        if (tensor.is_meta)
        {
            return text.ToString();
        }

        var printer = new TensorPrinter(tensor, Formatter(tensor.dtype, fltFormat, culture), newLine);
        if (printer.sizes.Length == 0)
        {
            return text.Append(", value = ").Append(printer.cells[0]).ToString();
        }

        text.Append(newLine);
        printer.WriteMatrices(text, tensor.shape, [], 0);
        return text.ToString();
    }

    internal static string Numpy(Tensor tensor, string fltFormat, CultureInfo culture, string newLine)
    {
        if (tensor.is_meta)
        {
            return Metadata(tensor);
        }

        var text = new StringBuilder();
        new TensorPrinter(tensor, Formatter(tensor.dtype, fltFormat, culture), newLine).WriteNested(text, 0, 0);
        return text.ToString();
    }

    internal static string CSharp(Tensor tensor, string fltFormat, CultureInfo culture, string newLine)
    {
        var text = new StringBuilder(Metadata(tensor));
        if (tensor.is_meta)
        {
            return text.ToString();
        }

        var dimensions = tensor.ndim;
        var (type, suffix) = Literal(tensor.dtype);
        var plain = Formatter(tensor.dtype, fltFormat, culture);
        var printer = new TensorPrinter(tensor, value => dimensions == 0 ? plain(value) : Lowered(tensor.dtype, plain(value)) + suffix, newLine);
        text.Append(", value = ");
        if (dimensions == 0)
        {
            return text.Append(printer.cells[0]).ToString();
        }

        text.Append(dimensions > 1 ? newLine : "").Append(type).Append(" [").Append(',', (int)dimensions - 1).Append("] ");
        printer.WriteLiteral(text, 0, 0);
        return text.ToString();
    }

    private static string Lowered(ScalarType dtype, string text) => dtype == ScalarType.Bool ? text.ToLowerInvariant() : text;

    private static (string Type, string Suffix) Literal(ScalarType dtype) => dtype switch
    {
        ScalarType.Bool => ("bool", ""),
        ScalarType.Byte => ("byte", ""),
        ScalarType.Int8 => ("sbyte", ""),
        ScalarType.Int16 => ("short", ""),
        ScalarType.Int32 => ("int", ""),
        ScalarType.Int64 => ("long", "L"),
        ScalarType.Float64 => ("double", ""),
        ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64 => ("System.Numerics.Complex", ""),
        _ => ("float", "f"),
    };

    private static Func<Scalar, string> Formatter(ScalarType dtype, string fltFormat, CultureInfo culture) => dtype switch
    {
        ScalarType.Bool => value => value.ToBoolean() ? "True" : "False",
        ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 => value => value.ToSingle().ToString(fltFormat, culture),
        ScalarType.Float64 => value => value.ToDouble().ToString(fltFormat, culture),
        ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64 => value => Complex(value.ToComplexFloat64(), fltFormat, culture),
        _ => value => value.ToInt64().ToString(culture),
    };

    private static string Complex(System.Numerics.Complex value, string fltFormat, CultureInfo culture)
    {
        var real = value.Real == 0 && value.Imaginary != 0 ? "" : value.Real.ToString(fltFormat, culture);
        if (value.Imaginary == 0)
        {
            return real;
        }

        var sign = real.Length > 0 && value.Imaginary >= 0 ? "+" : "";
        return $"{real}{sign}{value.Imaginary.ToString(fltFormat, culture)}i";
    }

    private int Below(int axis) => sizes[(axis + 1)..].Aggregate(1, (product, size) => product * size);

    private void WriteMatrices(StringBuilder text, long[] shape, List<long> outer, int first)
    {
        var axis = outer.Count;
        if (sizes.Length - axis > 2)
        {
            for (var i = 0; i < sizes[axis]; i++)
            {
                var index = shortened[axis] && i >= Ends ? shape[axis] - Shown + i : i;
                text.Append(shortened[axis] && i == Ends ? $"...{newLine}{newLine}" : "");
                WriteMatrices(text, shape, [.. outer, index], first + (i * Below(axis)));
                text.Append(i < sizes[axis] - 1 ? newLine : "");
            }

            return;
        }

        if (axis > 0)
        {
            text.Append('[').AppendJoin(',', outer).Append(",..,..] =").Append(newLine);
        }

        var columns = sizes[^1];
        var rows = sizes.Length == 1 ? 1 : sizes[^2];
        var widths = new int[columns];
        for (var cell = 0; cell < rows * columns; cell++)
        {
            widths[cell % columns] = Math.Max(widths[cell % columns], cells[first + cell].Length);
        }

        for (var row = 0; row < rows; row++)
        {
            text.Append(sizes.Length > 1 && shortened[^2] && row == Ends ? $" ...{newLine}" : "");
            for (var column = 0; column < columns; column++)
            {
                text.Append(shortened[^1] && column == Ends ? " ..." : "").Append(' ').Append(cells[first + (row * columns) + column].PadLeft(widths[column]));
            }

            text.Append(newLine);
        }
    }

    private void WriteNested(StringBuilder text, int axis, int first)
    {
        if (axis == sizes.Length)
        {
            text.Append(cells[first]);
            return;
        }

        var last = axis == sizes.Length - 1;
        text.Append('[');
        for (var i = 0; i < sizes[axis]; i++)
        {
            if (i > 0)
            {
                Break();
            }

            if (shortened[axis] && i == Ends)
            {
                text.Append("...");
                Break();
            }

            WriteNested(text, axis + 1, first + (i * Below(axis)));
        }

        text.Append(']');

        void Break()
        {
            if (last)
            {
                text.Append(' ');
                return;
            }

            for (var line = axis; line < sizes.Length - 1; line++)
            {
                text.Append(newLine);
            }

            text.Append(' ', axis + 1);
        }
    }

    private void WriteLiteral(StringBuilder text, int axis, int first)
    {
        if (axis == sizes.Length)
        {
            text.Append(cells[first]);
            return;
        }

        var last = axis == sizes.Length - 1;
        var space = last ? " " : newLine + new string(' ', axis + 1);
        var framed = axis == 0 && !last;
        text.Append('{').Append(framed ? space : "");
        for (var i = 0; i < sizes[axis]; i++)
        {
            text.Append(i > 0 ? "," + space : "");
            text.Append(shortened[axis] && i == Ends ? "..." + space : "");
            WriteLiteral(text, axis + 1, first + (i * Below(axis)));
        }

        text.Append(framed ? newLine : "").Append('}');
    }
}
