using System.Net;

namespace TorchSharp.Utils;

/// <summary>A tensor in a notebook shows its values, in the style that torch.TensorStringStyle names.</summary>
internal sealed class TensorFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter("text/html", tensor => $"<div><pre>{WebUtility.HtmlEncode(Text(tensor))}</pre></div>"),
        new Formatter("text/plain", Text),
    ];

    private static string Text(torch.Tensor tensor) => tensor.IsInvalid ? "a disposed tensor" : tensor.ToString(TensorStringStyle.Default);

    /// <summary>One MIME type, in the shape that kernels look for.</summary>
    internal sealed class Formatter(string mimeType, Func<torch.Tensor, string> format)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write(format((torch.Tensor)instance));
            return true;
        }
    }
}
