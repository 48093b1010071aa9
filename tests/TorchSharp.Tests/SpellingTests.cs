using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Torch;

/// <summary>What a user writes: the spellings that every version of the real package compiles, and what they mean.</summary>
public class SpellingTests
{
    [Fact]
    public void Indexers_take_numbers_ranges_slices_masks_and_tensors()
    {
        using var scope = NewDisposeScope();
        var t = arange(24).reshape(2, 3, 4);
        Assert.Equal(23, t[1, 2, 3].item<long>());
        Assert.Equal([2L, 2], t[.., 1..3, 0].shape);
        Assert.Equal(t[.., 1..3, 0], t.slice(1, 1, 3, 1).select(2, 0));
        Assert.Equal([4L, 5, 6], t[0, 1, ..^1].data<long>().ToArray());
        Assert.Equal([10L, 11], t[0, 2, ^2..].data<long>().ToArray());
        Assert.Equal(20, t[^1, ^1, 0].item<long>());
        Assert.Equal([2L, 3], t[TensorIndex.Ellipsis, 0].shape);
        Assert.Equal([2L, 2, 4], t[TensorIndex.Colon, TensorIndex.Slice(0, 2)].shape);
        Assert.Equal([1L, 2, 3, 4], t[TensorIndex.None].shape);
        Assert.Equal([22L, 23], t[t > 21].data<long>().ToArray());
        Assert.Equal([1L, 3, 4], t[tensor(new[] { 1L })].shape);
        Assert.Equal(t[0], t.index(TensorIndex.Single(0)));
        t[0, 1, 2] = tensor(99L);
        t[1, ..] = tensor(-1L);
        Assert.Equal((99L, -12L), (t[0, 1, 2].item<long>(), t[1].sum().item<long>()));
        t[t < 0] = tensor(0L);
        Assert.Equal(0, t[1].count_nonzero().item<long>());
        t.index_put_(5, 0, 0);
        Assert.Equal([5L, 5, 5, 5], t[0, 0].data<long>().ToArray());
    }

    [Fact]
    public void Basic_indexing_gives_a_view_and_masks_give_a_copy()
    {
        using var scope = NewDisposeScope();
        var t = zeros(3, 3);
        t[1].add_(1);
        t[t > 0].add_(10);
        Assert.Equal(3, t.sum().item<float>());
    }

    [Fact]
    public void Numbers_stand_on_either_side_of_an_operator()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new[] { 1f, 2f, 4f });
        Assert.Equal([3f, 4f, 6f], (2 + t).data<float>().ToArray());
        Assert.Equal([1f, 0f, -2f], (2.0 - t).data<float>().ToArray());
        Assert.Equal([2f, 1f, .5f], (2L / t).data<float>().ToArray());
        Assert.Equal([-1f, -2f, -4f], (-t).data<float>().ToArray());
        Assert.Equal([1f, 0f, 0f], (t % 2).data<float>().ToArray());
        Assert.Equal([false, true, true], (t > 1).data<bool>().ToArray());
        Assert.Equal([true, false, false], (t == 1).data<bool>().ToArray());
        Assert.Equal([false, true, false], ((t > 1) & (t < 4)).data<bool>().ToArray());
        Assert.Equal([1f, 1f, 2f], t.clamp(max: 2).sub(1).clamp(1).mul(tensor(new[] { 1f, 1f, 2f })).data<float>().ToArray());
        Assert.Equal(ScalarType.Int64, (arange(3) + 1).dtype);
        Assert.Equal(ScalarType.Float32, (arange(3) * 1.5).dtype);
        Tensor one = 1f;
        Assert.Equal(1f, (float)one);
    }

    [Fact]
    public void Factories_take_sizes_in_every_form()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([3L], zeros(3).shape);
        Assert.Equal([2L, 3], ones(2, 3).shape);
        Assert.Equal([2L, 3, 4], rand(2, 3, 4).shape);
        Assert.Equal([2L, 3, 4, 5], randn(2, 3, 4, 5, dtype: float64).shape);
        Assert.Equal([1L, 2, 3, 4, 5], empty(new long[] { 1, 2, 3, 4, 5 }).shape);
        Assert.Equal([2L, 2], full(2, 2, 7).shape);
        Assert.Equal(ScalarType.Int64, full([2], 7).dtype);
        Assert.Equal(ScalarType.Float32, full([2], 7.0).dtype);
        Assert.Equal(ScalarType.Int64, arange(5).dtype);
        Assert.Equal(ScalarType.Float32, arange(0, 1, .25).dtype);
        Assert.Equal([3L, 3], eye(3).shape);
        Assert.Equal(ScalarType.Int64, randperm(4).dtype);
        Assert.Equal([2L, 4], ones(2, 3).new_zeros(2, 4).shape);
        Assert.True(zeros(2, requires_grad: true).requires_grad);
        var x = ones(2, 3, dtype: float64);
        Assert.Equal(ScalarType.Float64, zeros_like(x).dtype);
        Assert.Equal([0f, .5f, 1f], linspace(0, 1, 3).data<float>().ToArray());
    }

    [Fact]
    public void Lists_and_arrays_of_tensors_are_joined()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (ones(2, 2), zeros(2, 2));
        Assert.Equal([4L, 2], cat(new[] { a, b }).shape);
        Assert.Equal([2L, 4], cat(new List<Tensor> { a, b }, 1).shape);
        Assert.Equal([2L, 2, 2], stack(new[] { a, b }).shape);
        Assert.Equal([2L, 2, 2], stack(new List<Tensor> { a, b }.Where(_ => true), 2).shape);
    }

    [Fact]
    public void Elements_are_read_through_bytes_and_written_back()
    {
        using var t = zeros(2, 2);
        var values = MemoryMarshal.Cast<byte, float>(t.bytes);
        values[3] = 8;
        Assert.Equal(8, t[1, 1].item<float>());
        Assert.Equal(8f, t.ReadCpuSingle(3));
    }

    [Fact]
    public void In_place_methods_give_the_tensor_itself()
    {
        using var t = zeros(2);
        Assert.Same(t, t.add_(1));
        Assert.Same(t, t.clamp_(0, 1));
        Assert.Same(t, t.copy_(ones(2)));
        Assert.Same(t, t.requires_grad_());
        Assert.NotSame(t, t.alias());
    }

    [Fact]
    public void Tensors_are_written_to_streams()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        var x = randn(3, 2).t();
        x.Save(stream);
        stream.Position = 0;
        Assert.Equal(x, Tensor.Load(stream));
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var y = zeros(2, 3);
        y.Load(reader);
        Assert.Equal(x, y);
        stream.Position = 0;
        Assert.Throws<ArgumentException>(() => zeros(3, 2).Load(reader));
    }

    [Fact]
    public void The_default_type_is_set_and_set_back()
    {
        Assert.Equal(ScalarType.Float32, get_default_dtype());
        Assert.Throws<ArgumentException>(() => set_default_dtype(int64));
        Assert.Equal(255, max_int_value(uint8));
        Assert.Equal(ScalarType.Float32, promote_types(float32, int64));
    }
}
