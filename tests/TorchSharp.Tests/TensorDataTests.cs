using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Torch;

public class TensorDataTests
{
    [Fact]
    public void Elements_come_row_by_row_whatever_the_strides()
    {
        using var scope = NewDisposeScope();
        var x = arange(24).reshape(2, 3, 4);
        var turned = x.permute(2, 0, 1);
        Assert.False(turned.is_contiguous());
        long[] expected = [.. Enumerable.Range(0, 4).SelectMany(c => Enumerable.Range(0, 6).Select(ab => (long)((ab * 4) + c)))];
        using var accessor = turned.data<long>();
        Assert.Equal(expected, accessor.ToArray());
        Assert.Equal(expected, accessor.AsEnumerable());
        Assert.Equal(23, accessor[3, 1, 2]);
        var part = new long[5];
        accessor.CopyTo(part, 1, 7);
        Assert.Equal([0, expected[7], expected[8], expected[9], expected[10]], part);
        var array = (long[,,])accessor.ToNDArray();
        Assert.Equal(x[1, 2, 3].item<long>(), array[3, 1, 2]);
        accessor[0, 0, 0] = 100;
        accessor.CopyFrom([7, 8], 0, 22);
        Assert.Equal([100, 7, 8], [x[0, 0, 0].item<long>(), turned[3, 1, 1].item<long>(), turned[3, 1, 2].item<long>()]);
    }

    [Fact]
    public void Reading_outside_a_tensor_is_an_exception()
    {
        using var accessor = zeros(2, 3).data<float>();
        Assert.Throws<IndexOutOfRangeException>(() => accessor[2, 0]);
        Assert.Throws<IndexOutOfRangeException>(() => accessor[0, -1]);
        Assert.Throws<ArgumentException>(() => accessor[1]);
        Assert.Throws<IndexOutOfRangeException>(() => zeros(2).ReadCpuSingle(2));
    }

    [Fact]
    public void Reading_a_disposed_tensor_is_an_exception()
    {
        var x = ones(3);
        var accessor = x.data<float>();
        x.Dispose();
        Assert.Throws<InvalidOperationException>(() => accessor[0]);
        Assert.Throws<InvalidOperationException>(accessor.ToArray);
        Assert.Throws<InvalidOperationException>(() => x.data<float>());
    }

    [Fact]
    public void The_C_sharp_type_must_be_the_tensor_s()
    {
        using var one = tensor(1.5f);
        Assert.Equal(1.5f, one.item<float>());
        Assert.Equal("Double is not compatible with Float32", Assert.Throws<ArgumentException>(() => one.item<double>()).Message);
        Assert.Throws<ArgumentException>(() => one.data<int>());
        Assert.Throws<ArgumentException>(() => zeros(2).item<float>());
        Assert.Equal((1.5, 1.5f, 1, true), (one.ToDouble(), one.ToSingle(), one.ToInt32(), one.ToBoolean()));
        Assert.Equal((1.5f, 1L), ((float)one, (long)one));
    }

    [Fact]
    public void Element_types_follow_the_array()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Bool, tensor(new[] { true }).dtype);
        Assert.Equal(ScalarType.Byte, tensor(new byte[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int8, tensor(new sbyte[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int16, tensor(new short[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int64, tensor(new[] { 1L }).dtype);
        Assert.Equal(ScalarType.Float16, tensor(new[] { (Half)1 }).dtype);
        Assert.Equal(ScalarType.Float32, tensor(new[] { 1f }).dtype);
        Assert.Equal(ScalarType.Float64, tensor(new[] { 1d }).dtype);
        Assert.Equal(ScalarType.ComplexFloat64, tensor(new[] { System.Numerics.Complex.One }).dtype);
        Assert.Equal(ScalarType.Float64, tensor(new List<float> { 1f }, dtype: float64).dtype);
        Assert.Equal([2L, 2L], tensor(new[,] { { 1, 2 }, { 3, 4 } }).shape);
        Assert.Equal([1L, 2L, 3L], tensor(new float[6], 1, 2, 3).shape);
        Assert.Equal([3L, 2L], tensor(new float[6], new long[] { 3, 2 }).shape);
        Assert.Equal(3, tensor(new[,] { { 1, 2 }, { 3, 4 } })[1, 0].item<int>());
        Assert.Throws<ArgumentException>(() => tensor(new float[5], 2, 3));
    }

    [Fact]
    public void A_tensor_from_an_array_copies_it_and_from_array_shares_it()
    {
        var array = new[] { 1f, 2, 3, 4 };
        using var copy = tensor(array);
        using var shared = from_array(array);
        using var middle = frombuffer(array, float32, 2, 4);
        array[1] = 20;
        Assert.Equal([1f, 2, 3, 4], copy.data<float>().ToArray());
        Assert.Equal([1f, 20, 3, 4], shared.data<float>().ToArray());
        Assert.Equal([20f, 3], middle.data<float>().ToArray());
        shared[0] = tensor(-1f);
        Assert.Equal(-1, array[0]);
        Assert.Throws<ArgumentException>(() => frombuffer(array, float32, 5));
    }

    [Fact]
    public void A_shared_array_is_let_go_when_its_last_tensor_is()
    {
        var (array, view) = Share();
        Collect();
        Assert.True(array.IsAlive);
        view.Dispose();
        Collect();
        Assert.False(array.IsAlive);

        static (WeakReference, Tensor) Share()
        {
            var array = new float[1000];
            using var shared = from_array(array);
            return (new WeakReference(array), shared.narrow(0, 5, 5));
        }

        static void Collect()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }
    }

    [Fact]
    public void Bytes_are_the_tensor_s_memory()
    {
        using var x = tensor(new[] { 1f, 2f });
        Assert.Equal([1f, 2f], MemoryMarshal.Cast<byte, float>(x.bytes).ToArray());
        x.bytes = MemoryMarshal.AsBytes(new[] { 5f, 6f }.AsSpan());
        Assert.Equal([5f, 6f], x.data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => x.bytes = new byte[7]);
        using var turned = zeros(2, 3).t();
        Assert.Throws<InvalidOperationException>(() => turned.bytes.Length);
        using var stream = new MemoryStream();
        turned.WriteBytesToStream(stream);
        Assert.Equal(24, stream.Length);
        stream.Position = 0;
        turned.ReadBytesFromStream(stream);
    }

    [Fact]
    public void Every_conversion_of_type_and_device_gives_a_new_object()
    {
        using var x = ones(2);
        using var same = x.to(float32);
        using var wide = x.to(float64, copy: true);
        using var here = x.to(CPU);
        using var named = x.to("cpu");
        using var other = x.to(wide);
        Assert.NotSame(x, same);
        Assert.Equal((ScalarType.Float64, ScalarType.Float64), (wide.dtype, other.dtype));
        Assert.Equal([1f, 1f], here.data<float>().ToArray());
        var gone = ones(2);
        using var kept = gone.to(float64, disposeAfter: true);
        Assert.True(gone.IsInvalid);
        using var both = x.to(float16, CPU);
        Assert.Equal(ScalarType.Float16, both.dtype);
    }

    [Fact]
    public void Strides_are_kept_so_channels_last_lasts()
    {
        using var scope = NewDisposeScope();
        var x = randn(2, 3, 4, 5).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        long[] channelsLast = [60, 1, 15, 3];
        Assert.Equal([2L, 3, 4, 5], x.shape);
        Assert.Equal(channelsLast, x.stride());
        Assert.Equal(channelsLast, x.clone().stride());
        Assert.Equal(channelsLast, (x + 1).stride());
        Assert.Equal(channelsLast, x.relu().stride());
        Assert.Equal(channelsLast, x.zeros_like().stride());
        Assert.Equal(channelsLast, empty_like(x).stride());
        Assert.Equal([60L, 20, 5, 1], x.contiguous().stride());
        var weight = randn(3, 3, 3, 3).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        Assert.Equal(channelsLast, nn.functional.conv2d(x, weight, padding: [1, 1]).stride());
        Assert.Equal([8L, 1], empty_strided([2, 3], [8, 1]).stride());
    }

    [Fact]
    public void A_tensor_describes_itself()
    {
        using var x = zeros(2, 3, dtype: float64);
        Assert.Equal(6, x.numel());
        Assert.Equal(8, x.ElementSize);
        Assert.Equal(2, x.ndim);
        Assert.Equal(3, x.size(-1));
        Assert.Equal("cpu", x.device.ToString());
        Assert.True(x.is_cpu() && !x.is_cuda && x.is_leaf && x.is_contiguous() && !x.requires_grad);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.size(2));
    }

    [Fact]
    public void One_tensor_is_saved_and_loaded()
    {
        var path = Path.Combine(Path.GetTempPath(), $"tensor-{Guid.NewGuid():N}.pt");
        try
        {
            using var x = randn(3, 4);
            save(x, path);
            using var read = load(path);
            Assert.True(x.Equals(read));
            File.WriteAllText(path, "not a tensor");
            Assert.Throws<ExternalException>(() => load(path));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Throws<ExternalException>(() => load(path));
    }
}
