using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static readonly TensorStringStyle julia = global::TorchSharp.TensorStringStyle.Julia;
    public static readonly TensorStringStyle numpy = global::TorchSharp.TensorStringStyle.Numpy;
    public static readonly TensorStringStyle csharp = global::TorchSharp.TensorStringStyle.CSharp;

    private static string floatFormat = "g5";
    private static string lineEnd = Environment.NewLine;

    /// <summary>What <see cref="global::TorchSharp.TensorStringStyle.Default"/> stands for.</summary>
    public static TensorStringStyle TensorStringStyle { get; set; } = global::TorchSharp.TensorStringStyle.Julia;

    public static void set_printoptions(TensorStringStyle? style = null, string? floatFormat = null, int? linewidth = null, string? newLine = null, int? maxRows = null, int? maxColumns = null)
    {
        TensorStringStyle = style is null or global::TorchSharp.TensorStringStyle.Default ? TensorStringStyle : style.Value;
        torch.floatFormat = floatFormat ?? torch.floatFormat;
        lineEnd = newLine ?? lineEnd;
    }

    public partial class Tensor
    {
        public override string ToString() => TensorPrinter.Metadata(this);

        /// <summary>The values too, in the default style, when <paramref name="disamb"/> is true.</summary>
        public string ToString(bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            disamb ? ToString(global::TorchSharp.TensorStringStyle.Default, fltFormat, width, cultureInfo, newLine) : ToString();

        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            style = style == global::TorchSharp.TensorStringStyle.Default ? torch.TensorStringStyle : style;
            fltFormat ??= floatFormat;
            cultureInfo ??= CultureInfo.CurrentCulture;
            newLine ??= lineEnd;
            return style switch
            {
                global::TorchSharp.TensorStringStyle.Metadata => ToString(),
                global::TorchSharp.TensorStringStyle.Julia => TensorPrinter.Julia(this, fltFormat, cultureInfo, newLine),
                global::TorchSharp.TensorStringStyle.Numpy => TensorPrinter.Numpy(this, fltFormat, cultureInfo, newLine),
                global::TorchSharp.TensorStringStyle.CSharp => TensorPrinter.CSharp(this, fltFormat, cultureInfo, newLine),
                _ => throw new ArgumentOutOfRangeException(nameof(style), style, "There is no such style of text."),
            };
        }

        /// <summary>Nested lists, as deep as the tensor has dimensions, of scalars.</summary>
        public object tolist()
        {
            if (ndim == 0)
            {
                return ToScalar();
            }

            using var scope = NewDisposeScope();
            return new System.Collections.ArrayList(Array.ConvertAll(unbind(), part => part.tolist()));
        }
    }
}
