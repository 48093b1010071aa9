using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Tests.Nn;

/// <summary>Values and gradients of every functional that is bound, as PyTorch computed them in float64.</summary>
public class FunctionalTests
{
    private static readonly JsonElement[] Cases = [.. GoldenTensors.Own("nn_functional").GetProperty("cases").EnumerateArray()];

    public static TheoryData<string, int> Calls()
    {
        var calls = new TheoryData<string, int>();
        foreach (var group in Cases.GroupBy(one => one.GetProperty("call").GetString()!))
        {
            calls.Add(group.Key, group.Count());
        }

        return calls;
    }

    [Fact]
    public void Every_case_of_the_file_is_run() => Assert.Equal(Cases.Length, Calls().Sum(call => (int)call[1]));

    [Theory]
    [MemberData(nameof(Calls))]
    public void Equals_PyTorch(string call, int cases)
    {
        var mine = Cases.Where(one => one.GetProperty("call").GetString() == call).ToList();
        Assert.Equal(cases, mine.Count);
        foreach (var one in mine)
        {
            using var scope = NewDisposeScope();
            var settings = one.GetProperty("settings");
            var what = $"{call} {settings}";
            var gradients = one.GetProperty("gradients").EnumerateObject().ToDictionary(gradient => gradient.Name, gradient => gradient.Value.ToTensor());
            var tensors = one.GetProperty("tensors").EnumerateObject().ToDictionary(tensor => tensor.Name, tensor => tensor.Value.ToTensor());
            foreach (var name in gradients.Keys)
            {
                tensors[name].requires_grad = true;
            }

            var output = Run(call, settings, name => tensors.GetValueOrDefault(name));
            output.MustBeClose(one.GetProperty("output").ToTensor(), 1e-10, what);
            if (gradients.Count == 0)
            {
                continue;
            }

            var weights = arange(output.numel(), dtype: ScalarType.Float64).cos().reshape(output.shape);
            (output * weights).sum().backward();
            foreach (var (name, expected) in gradients)
            {
                tensors[name].grad!.MustBeClose(expected, 1e-10, $"gradient of {what} by {name}");
            }
        }
    }

    private static Tensor Run(string call, JsonElement settings, Func<string, Tensor?> given)
    {
        var x = given("input")!;
        JsonElement Setting(string name) => settings.GetProperty(name);
        long[] Longs(string name) => Setting(name).Longs();
        nn.Reduction Reduction() => Enum.Parse<nn.Reduction>(Setting("reduction").GetString()!, ignoreCase: true);
        return call switch
        {
            "relu" => F.relu(x),
            "sigmoid" => F.sigmoid(x),
            "tanh" => F.tanh(x),
            "logsigmoid" => F.logsigmoid(x),
            "gelu" => F.gelu(x),
            "silu" => F.silu(x),
            "softplus" => F.softplus(x),
            "normalize" => F.normalize(x, Setting("p").GetDouble(), Setting("dim").GetInt64()),
            "leaky_relu" => F.leaky_relu(x, Setting("negative_slope").GetDouble()),
            "softmax" => F.softmax(x, Setting("dim").GetInt64()),
            "log_softmax" => F.log_softmax(x, Setting("dim").GetInt64()),
            "linear" => F.linear(x, given("weight")!, given("bias")),
            "conv2d" => F.conv2d(x, given("weight")!, given("bias"), Longs("strides"), Longs("padding"), Longs("dilation"), Setting("groups").GetInt64()),
            "conv2d_same" => F.conv2d_padding(x, given("weight")!, given("bias"), padding: Padding.Same),
            "batch_norm" => F.batch_norm(x, given("mean")!, given("variance")!, given("weight"), given("bias"), Setting("training").GetBoolean(), Setting("momentum").GetDouble(), Setting("eps").GetDouble()),
            "layer_norm" => F.layer_norm(x, given("weight")!.shape, given("weight"), given("bias")),
            "max_pool2d" => F.max_pool2d(x, Longs("kernel"), Longs("stride"), Longs("padding"), Longs("dilation"), Setting("ceil").GetBoolean()),
            "avg_pool2d" => F.avg_pool2d(x, Longs("kernel"), Longs("stride"), Longs("padding"), Setting("ceil").GetBoolean(), Setting("include").GetBoolean(), Setting("divisor").ValueKind == JsonValueKind.Null ? null : Setting("divisor").GetInt64()),
            "adaptive_avg_pool2d" => F.adaptive_avg_pool2d(x, Longs("size")),
            "pad" => F.pad(x, Longs("pad"), Enum.Parse<PaddingModes>(Setting("mode").GetString()!, ignoreCase: true), Setting("mode").GetString() == "constant" ? 1.5 : 0),
            "interpolate" => F.interpolate(x, Setting("size").LongsOrNull(), Setting("scale").DoublesOrNull(), Enum.Parse<InterpolationMode>(Setting("mode").GetString()!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true), Setting("corners").BoolOrNull(), Setting("recompute").GetBoolean(), Setting("antialias").GetBoolean()),
            "affine_grid" => F.affine_grid(x, Longs("size"), Setting("corners").GetBoolean()),
            "grid_sample" => F.grid_sample(x, given("grid")!, Enum.Parse<GridSampleMode>(Setting("mode").GetString()!, ignoreCase: true), Enum.Parse<GridSamplePaddingMode>(Setting("beyond").GetString()!, ignoreCase: true), Setting("corners").GetBoolean()),
            "one_hot" => F.one_hot(x, Setting("classes").GetInt64()),
            "cross_entropy" => F.cross_entropy(x, given("target")!, given("weight"), reduction: Reduction(), label_smoothing: Setting("smoothing").GetDouble()),
            "nll_loss" => F.nll_loss(x, given("target")!, given("weight"), Reduction()),
            "binary_cross_entropy" => F.binary_cross_entropy(x, given("target")!, given("weight"), Reduction()),
            "binary_cross_entropy_with_logits" => F.binary_cross_entropy_with_logits(x, given("target")!, given("weight"), Reduction(), given("positive")),
            "mse_loss" => F.mse_loss(x, given("target")!, Reduction()),
            "l1_loss" => F.l1_loss(x, given("target")!, Reduction()),
            "smooth_l1_loss" => F.smooth_l1_loss(x, given("target")!, Reduction()),
            "huber_loss" => F.huber_loss(x, given("target")!, reduction: Reduction()),
            _ => throw new InvalidDataException($"No test knows how to call {call}."),
        };
    }
}
