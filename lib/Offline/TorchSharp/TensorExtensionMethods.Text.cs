using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>Shape, type and device.</summary>
    public static string metastr(this Tensor tensor) => Text(tensor, global::TorchSharp.TensorStringStyle.Metadata, null, null, null, null);

    public static string str(this Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null, global::TorchSharp.TensorStringStyle style = global::TorchSharp.TensorStringStyle.Default) =>
        Text(tensor, style, fltFormat, width, newLine, cultureInfo);

    public static string jlstr(this Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null) =>
        Text(tensor, global::TorchSharp.TensorStringStyle.Julia, fltFormat, width, newLine, cultureInfo);

    public static string npstr(this Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null) =>
        Text(tensor, global::TorchSharp.TensorStringStyle.Numpy, fltFormat, width, newLine, cultureInfo);

    public static string cstr(this Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null) =>
        Text(tensor, global::TorchSharp.TensorStringStyle.CSharp, fltFormat, width, newLine, cultureInfo);

    /// <summary>Writes the tensor to the console and gives it back.</summary>
    public static Tensor print(this Tensor t, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null, global::TorchSharp.TensorStringStyle style = global::TorchSharp.TensorStringStyle.Default)
    {
        Console.WriteLine(Text(t, style, fltFormat, width, newLine, cultureInfo));
        return t;
    }

    private static string Text(Tensor tensor, global::TorchSharp.TensorStringStyle style, string? fltFormat, int? width, string? newLine, CultureInfo? cultureInfo)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.ToString(style, fltFormat, width, cultureInfo, newLine);
    }
}
