using System.Text.Json;
using CovidNotebooks.Training;
using Tests.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Training;

[Trait("Category", "Golden")]
public class OptimizerTests
{
    public static TheoryData<string> Files => GoldenCase.Files("optimizers", "optimizer_trajectory");

    public static TheoryData<string> Schedules => GoldenCase.Files("optimizers", "lr_schedule");

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Moves_like_the_framework(string file)
    {
        var golden = GoldenCase.Read(file);
        AssertTrajectory(golden, ScalarType.Float64, "trajectory_float64", 1e-12);
        AssertTrajectory(golden, ScalarType.Float32, "trajectory_float32", 1e-5);
    }

    [SkippableTheory]
    [MemberData(nameof(Schedules))]
    public void Decay_divides_the_rate_as_Keras_does(string file)
    {
        var golden = GoldenCase.Read(file);
        var rates = GoldenCase.Numbers(golden.GetProperty("lr_per_iteration"));
        Assert.Equal(
            rates,
            rates.Select(
                (_, i) => KerasAdam.DecayedRate(golden.GetProperty("lr").GetDouble(), golden.GetProperty("decay").GetDouble(), i)));
    }

    [Fact]
    public void A_state_put_back_continues_with_the_same_bits()
    {
        OptimizerSettings[] all = [new KerasAdam(), new TorchAdam { AmsGrad = true }, new Sgd { Momentum = 0.9 }];
        foreach (var options in all)
        {
            using var first = nn.Parameter(tensor([1.0, -2.0, 3.0]));
            using var optimizer = options.Create([("x", first)]);
            Descend(optimizer, first, 3);
            using var second = nn.Parameter(first.detach().clone());
            using var resumed = options.Create([("x", second)]);
            resumed.Load(optimizer.State, optimizer.Iterations);
            Descend(optimizer, first, 4);
            Descend(resumed, second, 4);
            Assert.Equal(GoldenTensors.Values(first), GoldenTensors.Values(second));
            Assert.Equal(7, resumed.Iterations);
        }
    }

    [Fact]
    public void Frozen_parameters_are_left_out_and_a_model_of_only_those_is_refused()
    {
        using var frozen = nn.Parameter(tensor([1.0]), requires_grad: false);
        using var free = nn.Parameter(tensor([1.0]));
        using var optimizer = new Sgd().Create([("frozen", frozen), ("free", free)]);
        Assert.Equal(["free"], optimizer.Parameters.Select(pair => pair.Name));
        Assert.Throws<ArgumentException>(() => new Sgd().Create([("frozen", frozen)]));
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        OptimizerSettings[] all =
        [
            new Sgd { LearningRate = 0 },
            new Sgd { Nesterov = true },
            new KerasAdam { Beta1 = 1 },
            new KerasAdam { Decay = -1 },
            new TorchAdam { Epsilon = double.NaN },
        ];
        foreach (var options in all)
        {
            Assert.Throws<ArgumentException>(options.Validate);
        }
    }

    [Fact]
    public void One_pass_over_the_memory_gives_what_the_operators_of_torch_give()
    {
        const int Count = 200_003;
        var start = Enumerable.Range(0, Count).Select(i => (float)GoldenTensors.Hash((uint)i, 1)).ToArray();
        using var once = nn.Parameter(tensor(start));
        using var doubled = nn.Parameter(tensor(start, dtype: ScalarType.Float64));
        using var optimizer = new KerasAdam { LearningRate = 0.01, Decay = 0.1 }.Create([("x", once)]);
        using var reference = new KerasAdam { LearningRate = 0.01, Decay = 0.1 }.Create([("x", doubled)]);
        Descend(optimizer, once, 5);
        Descend(reference, doubled, 5);
        GoldenTensors.AssertClose(GoldenTensors.Values(doubled), GoldenTensors.Values(once), 1e-5, "x");
        Assert.NotEqual(start.Select(value => (double)value), GoldenTensors.Values(once));
    }

    private static void Descend(TrainingOptimizer optimizer, Parameter x, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            (x * x * x).sum().backward();
            optimizer.Step();
            x.grad!.zero_();
        }
    }

    private static void AssertTrajectory(JsonElement golden, ScalarType type, string key, double tolerance)
    {
        using var scope = NewDisposeScope();
        var x = nn.Parameter(tensor(GoldenCase.Numbers(golden.GetProperty("x0")), dtype: type));
        var matrix = tensor(GoldenCase.Flat(golden.GetProperty("A")), dtype: type).reshape(x.shape[0], x.shape[0]);
        var centre = tensor(GoldenCase.Numbers(golden.GetProperty("c")), dtype: type);
        var options = Options(
            golden.GetProperty("framework").GetString()!, golden.GetProperty("optimizer").GetString()!, golden.GetProperty("hyper"));
        options.Validate();
        using var optimizer = options.Create([("x", x)]);
        var trajectory = golden.GetProperty(key).EnumerateArray().Select(GoldenCase.Numbers).ToList();
        var change = golden.GetProperty("lr_change");
        for (var step = 0; step < golden.GetProperty("steps").GetInt32(); step++)
        {
            GoldenTensors.AssertClose(trajectory[step], GoldenTensors.Values(x), tolerance, $"{key} before step {step}");
            if (change.ValueKind == JsonValueKind.Object && change.GetProperty("before_step_index").GetInt32() == step)
            {
                optimizer.LearningRate *= change.GetProperty("multiply_by").GetDouble();
            }

            var offset = x - centre;
            (0.5 * (offset * matrix.mv(offset)).sum()).backward();
            optimizer.Step();
            x.grad!.zero_();
        }

        GoldenTensors.AssertClose(trajectory[^1], GoldenTensors.Values(x), tolerance, $"{key} at the end");
    }

    internal static OptimizerSettings Options(string framework, string name, JsonElement hyper)
    {
        double Get(string key, double otherwise) => hyper.TryGetProperty(key, out var value) ? value.GetDouble() : otherwise;
        bool Has(string key) => hyper.TryGetProperty(key, out var value) && value.GetBoolean();
        var rate = Get("lr", 1e-3);
        return (framework, name) switch
        {
            ("keras", _) or (_, "KerasAdam") =>
                new KerasAdam
                {
                    LearningRate = rate,
                    Decay = Get("decay", 0),
                    Beta1 = Get("beta_1", 0.9),
                    Beta2 = Get("beta_2", 0.999),
                    Epsilon = Get("epsilon", 1e-7),
                },
            (_, "SGD") =>
                new Sgd
                {
                    LearningRate = rate,
                    Momentum = Get("momentum", 0),
                    Dampening = Get("dampening", 0),
                    WeightDecay = Get("weight_decay", 0),
                    Nesterov = Has("nesterov"),
                },
            (_, "Adam") => new TorchAdam
            {
                LearningRate = rate,
                Beta1 = hyper.TryGetProperty("betas", out var betas) ? betas[0].GetDouble() : 0.9,
                Beta2 = hyper.TryGetProperty("betas", out var both) ? both[1].GetDouble() : 0.999,
                Epsilon = Get("eps", 1e-8),
                WeightDecay = Get("weight_decay", 0),
                AmsGrad = Has("amsgrad"),
            },
            _ => throw new ArgumentException($"No optimiser {framework} {name}."),
        };
    }
}
