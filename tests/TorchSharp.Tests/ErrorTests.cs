using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Torch;

/// <summary>What libtorch refuses arrives as an exception with libtorch's message, and nothing ends the process.</summary>
public class ErrorTests
{
    public static TheoryData<string, Action> Refused() => new()
    {
        { "must match the size of tensor b", () => _ = ones(2, 3) + ones(4) },
        { "mat1 and mat2 shapes cannot be multiplied", () => ones(2, 3).matmul(ones(4, 5)) },
        { "mat1 and mat2 shapes cannot be multiplied", () => ones(2, 3).mm(ones(4, 5)) },
        { "Expected size for first two dimensions", () => ones(1, 2, 3).bmm(ones(1, 4, 5)) },
        { "Sizes of tensors must match", () => cat([ones(1, 2), ones(1, 3)]) },
        { "expected a non-empty list of Tensors", () => cat([]) },
        { "is invalid for input of size", () => ones(6).reshape(4) },
        { "index 3 out of range", () => _ = ones(3)[3] },
        { "Dimension out of range", () => ones(3).sum(1) },
        { "could not infer output dtype", () => arange(3).mean() },
        { "shape '[2, 2]' is invalid", () => ones(3).view(2, 2) },
        { "index out of range in self", () => ones(3).index_select(0, tensor(new[] { 5L })) },
        { "does not require grad", () => ones(1).backward() },
        { "grad can be implicitly created only for scalar outputs", () => ones(2, requires_grad: true).mul(2).backward() },
        { "a leaf Variable that requires grad is being used in an in-place operation", () => ones(2, requires_grad: true).add_(1) },
        { "Only Tensors of floating point", () => ones(2, dtype: int64).requires_grad_() },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_libtorch_refuses_is_an_exception(string message, Action action)
    {
        using var scope = NewDisposeScope();
        Assert.Contains(message, Assert.Throws<ExternalException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_backward_is_refused()
    {
        using var scope = NewDisposeScope();
        var y = ones(2, requires_grad: true).pow(2).sum();
        y.backward();
        Assert.Contains("a second time", Assert.Throws<ExternalException>(y.backward).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_where_a_tensor_is_needed_is_an_exception()
    {
        using var x = ones(2);
        Assert.Throws<ExternalException>(() => x.add((Tensor)null!));
        Assert.Throws<ArgumentNullException>(() => cat([x, null!]));
        Assert.Throws<ArgumentNullException>(() => stack(null!));
    }

    [SkippableFact]
    public void Devices_that_are_not_here_are_refused()
    {
        Skip.If(cuda.is_available(), "This machine has a CUDA device.");
        Assert.Throws<InvalidOperationException>(() => zeros(2, device: CUDA));
        Assert.Throws<InvalidOperationException>(() => ones(2).cuda());
        Assert.Throws<InvalidOperationException>(() => InitializeDeviceType(DeviceType.MPS));
        Assert.False(TryInitializeDeviceType(DeviceType.CUDA));
    }

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda")]
    [InlineData("cuda:1", "cuda:1")]
    public void Devices_are_read(string text, string expected) => Assert.Equal(expected, device(text).ToString());

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    [InlineData("")]
    public void Text_that_is_no_device_is_refused(string text) => Assert.Throws<ArgumentException>(() => device(text));

    [Fact]
    public void Named_dimensions_are_refused() => Assert.Throws<NotSupportedException>(() => zeros(2, names: ["N"]));

    [Fact]
    public void The_version_is_libtorch_s() => Assert.Matches(@"^\d+\.\d+\.\d+", __version__);
}
