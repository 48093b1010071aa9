using System.Text.Json;
using Tests.Shared;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Nn;

public class OptimizerTests
{
    private static readonly JsonElement[] Cases = [.. GoldenTensors.Own("nn_optim").GetProperty("cases").EnumerateArray()];

    public static TheoryData<int> Numbers() => [.. Enumerable.Range(0, Cases.Length)];

    public static TheoryData<string> TorchTrajectories()
        => GoldenTensors.Files("optimizers", "optimizer_trajectory", golden => golden.GetProperty("framework").GetString() == "torch");

    /// <summary>A group that is added later, a parameter that once has no gradient, and a rate that changes on the way are in each.</summary>
    [Theory]
    [MemberData(nameof(Numbers))]
    public void Positions_equal_PyTorch(int number)
    {
        var one = Cases[number];
        var settings = one.GetProperty("settings");
        var what = $"{one.GetProperty("optimizer").GetString()} {settings}";
        var parameters = one.GetProperty("start").EnumerateArray().Select(start => new Parameter(start.ToTensor())).ToList();
        using var optimizer = Optimizers.Make(one.GetProperty("optimizer").GetString()!, parameters[..2], settings);
        var step = 0;
        foreach (var expected in one.GetProperty("trajectory").EnumerateArray())
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            if (step == 4)
            {
                optimizer.add_param_group(Optimizers.Group(optimizer, parameters[2..], settings.GetProperty("lr").GetDouble() / 2));
            }

            if (step == 8)
            {
                foreach (var group in optimizer.ParamGroups)
                {
                    group.LearningRate *= .1;
                }
            }

            var loss = (parameters[0] - 1).square().sum() + ((parameters[1] + 2).pow(4).sum() * .05) + (parameters[0].sum() * parameters[1].sum() * .1);
            if (step == 5)
            {
                parameters[2].grad = null;
            }
            else
            {
                loss += parameters[2].cosh().sum();
            }

            loss.backward();
            Assert.Null(optimizer.step());
            GoldenTensors.NumbersMustBeClose([.. parameters.SelectMany(parameter => parameter.Flat())], expected.Doubles(), 1e-11, $"{what}, step {step}");
            step++;
        }

        Assert.Equal(12, step);
    }

    [Theory]
    [MemberData(nameof(TorchTrajectories))]
    public void Positions_equal_the_golden_trajectory(string file)
    {
        var golden = GoldenTensors.Read(Path.Combine(Repository.Golden, "optimizers", file));
        Assert.Equal("optimizer_trajectory", golden.GetProperty("kind").GetString());
        Follow(golden, "trajectory_float64", ScalarType.Float64, 1e-12);
        Follow(golden, "trajectory_float32", ScalarType.Float32, 1e-5);
    }

    private static void Follow(JsonElement golden, string name, ScalarType type, double tolerance)
    {
        using var outer = NewDisposeScope();
        var matrix = tensor(golden.GetProperty("A").EnumerateArray().SelectMany(row => row.Doubles()).ToArray(), dtype: type).reshape(4, 4);
        var centre = tensor(golden.GetProperty("c").Doubles(), dtype: type);
        var x = new Parameter(tensor(golden.GetProperty("x0").Doubles(), dtype: type));
        using var optimizer = Optimizers.Make(golden.GetProperty("optimizer").GetString()!, [x], golden.GetProperty("hyper"));
        var change = golden.GetProperty("lr_change");
        var expected = golden.GetProperty(name).EnumerateArray().Select(position => position.Doubles()).ToList();
        GoldenTensors.NumbersMustBeClose(x.Flat(), expected[0], tolerance, "start");
        for (var step = 0; step < golden.GetProperty("steps").GetInt32(); step++)
        {
            using var scope = NewDisposeScope();
            if (change.ValueKind == JsonValueKind.Object && change.GetProperty("before_step_index").GetInt32() == step)
            {
                foreach (var group in optimizer.ParamGroups)
                {
                    group.LearningRate *= change.GetProperty("multiply_by").GetDouble();
                }
            }

            optimizer.zero_grad();
            var away = x - centre;
            var loss = away.unsqueeze(0).mm(matrix).mm(away.unsqueeze(1)).sum() * .5;
            loss.backward();
            optimizer.step();
            GoldenTensors.NumbersMustBeClose(x.Flat(), expected[step + 1], tolerance, $"{name} after step {step}");
        }
    }
}
