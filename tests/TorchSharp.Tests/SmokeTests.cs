using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Tests.Torch;

public class SmokeTests
{
    [Fact]
    public void Adds()
    {
        using var a = tensor(new[] { 1f, 2f, 3f });
        using var b = a + 1;
        Assert.Equal([2f, 3f, 4f], b.data<float>().ToArray());
    }

    [Fact]
    public void Shape_mismatch_is_an_exception()
    {
        using var a = ones(2, 3);
        using var b = ones(4, 5);
        var error = Assert.Throws<ExternalException>(() => a.matmul(b));
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied", error.Message, StringComparison.Ordinal);
    }
}
