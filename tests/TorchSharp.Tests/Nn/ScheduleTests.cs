using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace Tests.Nn;

public class ScheduleTests
{
    private static readonly JsonElement[] Cases = [.. GoldenTensors.Own("nn_schedules").GetProperty("cases").EnumerateArray()];

    public static TheoryData<int, string> Numbers()
    {
        var numbers = new TheoryData<int, string>();
        for (var i = 0; i < Cases.Length; i++)
        {
            numbers.Add(i, Cases[i].GetProperty("schedule").GetString()!);
        }

        return numbers;
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Rates_equal_PyTorch(int number, string name)
    {
        using var scope = NewDisposeScope();
        var one = Cases[number];
        var expected = one.GetProperty("rates").EnumerateArray().Select(rates => rates.Doubles()).ToList();
        var plateau = name == "ReduceLROnPlateau";
        var first = new Parameter(zeros(1));
        var second = new Parameter(zeros(1));
        using var optimizer = plateau
            ? SGD([first], .4, momentum: .9)
            : SGD([new SGD.ParamGroup([first], new SGD.Options { LearningRate = .4 }), new SGD.ParamGroup([second], new SGD.Options { LearningRate = .1 })], .1, momentum: .9);
        var schedule = Make(optimizer, name, one.GetProperty("settings"));
        for (var epoch = 0; epoch < expected.Count; epoch++)
        {
            if (plateau)
            {
                schedule.step(one.GetProperty("metrics")[epoch].GetDouble());
            }

            GoldenTensors.NumbersMustBeClose([.. optimizer.ParamGroups.Select(group => group.LearningRate)], expected[epoch], 1e-14, $"{name}, epoch {epoch}");
            Assert.Equal(optimizer.ParamGroups.Select(group => group.LearningRate), schedule.get_last_lr());
            if (!plateau)
            {
                GoldenTensors.NumbersMustBeClose([.. optimizer.ParamGroups.Cast<SGD.ParamGroup>().Select(group => group.Momentum)], one.GetProperty("momenta")[epoch].Doubles(), 1e-14, $"momentum of {name}, epoch {epoch}");
                schedule.step();
            }
        }
    }

    [Fact]
    public void A_rate_set_by_hand_is_what_the_schedule_goes_on_from()
    {
        using var parameter = new Parameter(zeros(1));
        using var optimizer = SGD([parameter], .1);
        var schedule = lr_scheduler.StepLR(optimizer, 1, .5);
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = 1;
        }

        schedule.step();
        Assert.Equal(.5, optimizer.ParamGroups.Single().LearningRate);
        Assert.Equal(.1, optimizer.ParamGroups.Single().InitialLearningRate);
    }

    [Fact]
    public void An_epoch_by_number_gives_the_closed_form()
    {
        using var parameter = new Parameter(zeros(1));
        using var optimizer = SGD([parameter], .1);
        lr_scheduler.CosineAnnealingLR(optimizer, 10).step(5);
        Assert.Equal(.05, optimizer.ParamGroups.Single().LearningRate, 15);
    }

    [Fact]
    public void A_plateau_needs_a_metric()
    {
        using var parameter = new Parameter(zeros(1));
        using var optimizer = SGD([parameter], .1);
        Assert.Throws<InvalidOperationException>(() => lr_scheduler.ReduceLROnPlateau(optimizer).step());
        Assert.Throws<ArgumentException>(() => lr_scheduler.ReduceLROnPlateau(optimizer, mode: "lowest"));
        Assert.Throws<ArgumentException>(() => lr_scheduler.ReduceLROnPlateau(optimizer, factor: 1));
    }

    private static lr_scheduler.LRScheduler Make(Optimizer optimizer, string name, JsonElement settings)
    {
        double Double(int i) => settings[i].GetDouble();
        int Int(int i) => settings[i].GetInt32();
        return name switch
        {
            "StepLR" => lr_scheduler.StepLR(optimizer, Int(0), Double(1)),
            "MultiStepLR" => lr_scheduler.MultiStepLR(optimizer, [Int(0), Int(1), Int(2)], Double(3)),
            "ExponentialLR" => lr_scheduler.ExponentialLR(optimizer, Double(0)),
            "CosineAnnealingLR" => lr_scheduler.CosineAnnealingLR(optimizer, Double(0), Double(1)),
            "LambdaLR" => lr_scheduler.LambdaLR(optimizer, epoch => 1 / (1 + (.25 * epoch))),
            "MultiplicativeLR" => lr_scheduler.MultiplicativeLR(optimizer, epoch => .95 - (.01 * epoch)),
            "LinearLR" => lr_scheduler.LinearLR(optimizer, Double(0), Double(1), Int(2)),
            "ConstantLR" => lr_scheduler.ConstantLR(optimizer, Double(0), Int(1)),
            "PolynomialLR" => lr_scheduler.PolynomialLR(optimizer, Int(0), Double(1)),
            "SequentialLR" => lr_scheduler.SequentialLR(optimizer, [lr_scheduler.LinearLR(optimizer, .1, 1, 4), lr_scheduler.ExponentialLR(optimizer, .9), lr_scheduler.StepLR(optimizer, 2, .5)], [Int(0), Int(1)]),
            "ChainedLR" => lr_scheduler.ChainedLR([lr_scheduler.LinearLR(optimizer, .1, 1, 4), lr_scheduler.ExponentialLR(optimizer, .9)]),
            "OneCycleLR" => settings[0].GetBoolean()
                ? lr_scheduler.OneCycleLR(optimizer, [.4, .1], epochs: 4, steps_per_epoch: 4, three_phase: true, anneal_strategy: lr_scheduler.impl.OneCycleLR.AnnealStrategy.Linear)
                : lr_scheduler.OneCycleLR(optimizer, [.4, .1], 16),
            "ReduceLROnPlateau" => lr_scheduler.ReduceLROnPlateau(
                optimizer,
                settings.GetProperty("mode").GetString()!,
                settings.GetProperty("factor").GetDouble(),
                settings.GetProperty("patience").GetInt32(),
                settings.GetProperty("threshold").GetDouble(),
                settings.GetProperty("threshold_mode").GetString()!,
                settings.GetProperty("cooldown").GetInt32(),
                [settings.GetProperty("min_lr").GetDouble()]),
            _ => throw new InvalidDataException($"No test knows the schedule {name}."),
        };
    }
}
