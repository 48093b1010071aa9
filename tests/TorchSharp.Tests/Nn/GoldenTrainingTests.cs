using System.Text.Json;
using Tests.Shared;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Tests.Nn;

/// <summary>The golden training runs that need nothing but modules and optimizers of PyTorch: micro-batches, accumulated gradients, document 3's update rule.</summary>
public class GoldenTrainingTests
{
    public static TheoryData<string> Files()
        => GoldenTensors.Files("training", "training_run", golden => golden.GetProperty("config").GetProperty("optimizer").GetString() is "SGD" or "Adam");

    [Theory]
    [MemberData(nameof(Files))]
    public void Run_equals_PyTorch(string file)
    {
        var golden = GoldenTensors.Read(Path.Combine(Repository.Golden, "training", file));
        Assert.Equal("training_run", golden.GetProperty("kind").GetString());
        var tolerance = golden.GetProperty("suggested_tolerance");
        Run(golden, ScalarType.Float64, "micro_losses_float64", "final_state_float64", 1e-9, 1e-9);
        Run(golden, ScalarType.Float32, "micro_losses_float32", "final_state_float32", tolerance.GetProperty("loss_abs").GetDouble(), tolerance.GetProperty("element_abs").GetDouble());
    }

    private static void Run(JsonElement golden, ScalarType type, string lossesName, string stateName, double lossTolerance, double elementTolerance)
    {
        using var outer = NewDisposeScope();
        var config = golden.GetProperty("config");
        var (outputs, salt) = (config.GetProperty("outputs").GetInt64(), config.GetProperty("salt").GetUInt32());
        var (batch, accumulate) = (config.GetProperty("micro_batch").GetInt32(), config.GetProperty("accumulate").GetInt32());
        var labels = golden.GetProperty("labels").Longs();
        var images = GoldenFill.Images(labels, salt).to(type);
        using var net = new GoldenNet(config.GetProperty("batch_norm").GetBoolean(), outputs);
        net.Fill(salt);
        net.to(type);
        using var optimizer = Optimizers.Make(config.GetProperty("optimizer").GetString()!, net.parameters(), config.GetProperty("hyper"));
        optimizer.zero_grad();
        var expected = golden.GetProperty(lossesName).Doubles();
        var stepsAfter = golden.GetProperty("optimizer_step_after_micro_index").Longs().ToHashSet();
        var perEpoch = config.GetProperty("epochs").ValueKind == JsonValueKind.Null ? int.MaxValue : (labels.Length + batch - 1) / batch;
        for (var micro = 0; micro < expected.Length; micro++)
        {
            using var scope = NewDisposeScope();
            long[] indices = perEpoch == int.MaxValue
                ? [.. Enumerable.Range(0, batch).Select(i => (long)(((micro * batch) + i) % labels.Length))]
                : [.. Enumerable.Range(micro % perEpoch * batch, batch).Where(i => i < labels.Length).Select(i => (long)i)];
            var output = net.call(images.index_select(0, tensor(indices)));
            var truth = tensor(Array.ConvertAll(indices, i => labels[i]));
            var loss = outputs == 1
                ? F.binary_cross_entropy_with_logits(output.squeeze(1), truth.to(type))
                : F.cross_entropy(output, truth);
            var actual = loss.ToDouble();
            Assert.True(Math.Abs(actual - expected[micro]) <= lossTolerance, $"loss {micro} of {lossesName} is {actual:R}, expected {expected[micro]:R}");
            (loss / accumulate).backward();
            if (stepsAfter.Contains(micro))
            {
                optimizer.step();
                optimizer.zero_grad();
            }
        }

        var state = net.state_dict();
        foreach (var entry in golden.GetProperty(stateName).EnumerateObject())
        {
            using var scope = NewDisposeScope();
            var values = state[entry.Name].Flat();
            var first = entry.Value.GetProperty("first").Doubles();
            GoldenTensors.NumbersMustBeClose(values[..first.Length], first, elementTolerance, entry.Name);
            var norm = entry.Value.GetProperty("l2").GetDouble();
            Assert.Equal(norm, Math.Sqrt(values.Sum(value => value * value)), elementTolerance * Math.Max(1, norm));
        }

        foreach (var entry in golden.GetProperty("num_batches_tracked").EnumerateObject())
        {
            Assert.Equal(entry.Value.GetInt64(), state[entry.Name].item<long>());
        }
    }

    private sealed class GoldenNet : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1;
        private readonly BatchNorm2d? bn1;
        private readonly Conv2d conv2 = Conv2d(6, 8, 3, padding: 1);
        private readonly Linear fc1 = Linear(128, 16);
        private readonly Linear fc2;

        public GoldenNet(bool batchNorm, long outputs)
            : base(nameof(GoldenNet))
        {
            conv1 = Conv2d(3, 6, 3, padding: 1, bias: !batchNorm);
            bn1 = batchNorm ? BatchNorm2d(6) : null;
            fc2 = Linear(16, outputs);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            x = conv1.call(x);
            x = bn1?.call(x) ?? x;
            x = F.max_pool2d(F.relu(x), 2);
            x = F.max_pool2d(F.relu(conv2.call(x)), 2);
            return scope.MoveToOuter(fc2.call(F.relu(fc1.call(x.flatten(1)))));
        }

        /// <summary>Every weight from the hash, numbered in PyTorch's order: module by module.</summary>
        public void Fill(uint salt)
        {
            var state = state_dict();
            var position = 0u;
            foreach (var (module, _) in named_children().OrderBy(child => Array.IndexOf(["conv1", "bn1", "conv2", "fc1", "fc2"], child.name)))
            {
                foreach (var part in (string[])["weight", "bias", "running_mean", "running_var", "num_batches_tracked"])
                {
                    if (state.TryGetValue($"{module}.{part}", out var tensor))
                    {
                        GoldenFill.Fill(tensor, part, (1000 * salt) + position++);
                    }
                }
            }
        }
    }
}
