using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Tests.Torch;

/// <summary>The texts are those that the real package documents for these tensors.</summary>
public class TensorTextTests
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private static Tensor Sample => tensor(new[] { 0f, 3.141f, 6.2834f, 3.14152f, 6.28e-06f, -13.141529f, .01f, 4713.14f }, 2, 4);

    [Fact]
    public void By_itself_a_tensor_shows_its_metadata()
    {
        using var x = zeros(2, 3, 4);
        Assert.Equal("[2x3x4], type = Float32, device = cpu", x.ToString());
        Assert.Equal("[2x3x4], type = Float32, device = cpu", x.metastr());
        Assert.Equal("[4], type = ComplexFloat32, device = meta", zeros(4, dtype: complex64, device: META).jlstr());
    }

    [Fact]
    public void Julia_sets_columns_under_each_other()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("[], type = Float32, device = cpu, value = 3.14", tensor(3.14f).jlstr(cultureInfo: Culture));
        Assert.Equal("[], type = Float32, device = cpu, value = 3.14E+000", tensor(3.14f).jlstr("E2", cultureInfo: Culture));
        Assert.Equal("[4], type = Float32, device = cpu\n 0 0 0 0\n", zeros(4).jlstr(newLine: "\n"));
        Assert.Equal("[2x4], type = Float32, device = cpu\n        0   3.141 6.2834 3.1415\n 6.28e-06 -13.142   0.01 4713.1\n", Sample.str(cultureInfo: Culture, newLine: "\n"));
        Assert.Equal(
            "[2x1x2], type = Int64, device = cpu\n[0,..,..] =\n 0 1\n\n[1,..,..] =\n 2 3\n",
            arange(4).reshape(2, 1, 2).ToString(global::TorchSharp.TensorStringStyle.Julia, newLine: "\n"));
    }

    [Fact]
    public void Numpy_nests_brackets_and_leaves_out_the_middle()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("[[0 3.141 6.2834 3.1415]\n [6.28e-06 -13.142 0.01 4713.1]]", Sample.npstr(newLine: "\n", cultureInfo: Culture));
        Assert.Equal("[1 1 1 ... 1 1 1]", ones(100, dtype: int32).npstr());
        Assert.Equal("[[[0 1]\n  [2 3]]\n\n [[4 5]\n  [6 7]]]", arange(8).reshape(2, 2, 2).npstr(newLine: "\n"));
        Assert.Equal("[[0 1 2 ... 7 8 9]\n [10 11 12 ... 17 18 19]\n [20 21 22 ... 27 28 29]\n ...\n [70 71 72 ... 77 78 79]\n [80 81 82 ... 87 88 89]\n [90 91 92 ... 97 98 99]]", arange(100).reshape(10, 10).npstr(newLine: "\n"));
        Assert.Equal("[]", zeros(0).npstr());
        Assert.Equal("0", zeros([]).npstr());
        Assert.Equal("[True False]", tensor(new[] { true, false }).npstr());
    }

    [Fact]
    public void C_sharp_writes_a_literal()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("[0], type = Float32, device = cpu, value = float [] {}", zeros(0).cstr());
        Assert.Equal("[100], type = Int32, device = cpu, value = int [] {1, 1, 1, ... 1, 1, 1}", ones(100, dtype: int32).cstr());
        Assert.Equal("[2x4], type = Float32, device = cpu, value = \nfloat [,] {\n {0f, 0f, 0f, 0f},\n {0f, 0f, 0f, 0f}\n}", zeros(2, 4).cstr(newLine: "\n"));
        Assert.Equal("[2x2x2], type = Float32, device = cpu, value = \nfloat [,,] {\n {{0f, 0f},\n  {0f, 0f}},\n {{0f, 0f},\n  {0f, 0f}}\n}", zeros(2, 2, 2).cstr(newLine: "\n"));
        Assert.Equal("[], type = Float32, device = cpu, value = 0", zeros([]).cstr());
    }

    [Fact]
    public void Lists_nest_as_deep_as_the_tensor()
    {
        using var x = arange(4).reshape(2, 2);
        var rows = Assert.IsType<System.Collections.ArrayList>(x.tolist());
        Assert.Equal(2, rows.Count);
        Assert.Equal(3, ((Scalar)((System.Collections.ArrayList)rows[1]!)[1]!).ToInt64());
    }

    /// <summary>As notebook kernels do it: an attribute of that name, a type that makes formatters, each with a MIME type and a Format method.</summary>
    [Fact]
    public void In_a_notebook_a_tensor_shows_its_values()
    {
        using var x = zeros(2);
        var attribute = typeof(Tensor).GetCustomAttributes(inherit: true).Single(found => found.GetType().Name == "TypeFormatterSourceAttribute");
        var source = Activator.CreateInstance((Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!)!;
        var formatters = (IEnumerable<object>)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        var texts = formatters.ToDictionary(formatter => (string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!, formatter =>
        {
            using var writer = new StringWriter();
            Assert.True((bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, [x, writer])!);
            return writer.ToString();
        });
        Assert.Equal("[2], type = Float32, device = cpu\n 0 0\n", texts["text/plain"]);
        Assert.Equal("<div><pre>[2], type = Float32, device = cpu\n 0 0\n</pre></div>", texts["text/html"]);
    }
}
