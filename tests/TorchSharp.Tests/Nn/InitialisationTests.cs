using System.Text.Json;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Tests.Nn;

/// <summary>The same seed gives PyTorch's very numbers: layers and initialisers draw in its order.</summary>
public class InitialisationTests
{
    private static readonly JsonElement[] Cases = [.. GoldenTensors.Own("nn_init").GetProperty("cases").EnumerateArray()];

    public static TheoryData<int, string> Numbers()
    {
        var numbers = new TheoryData<int, string>();
        for (var i = 0; i < Cases.Length; i++)
        {
            numbers.Add(i, Cases[i].GetProperty("call").GetString()!);
        }

        return numbers;
    }

    [Fact]
    public void The_file_has_cases() => Assert.Equal(29, Cases.Length);

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Same_seed_same_numbers(int number, string call)
    {
        using var scope = NewDisposeScope();
        var settings = Cases[number].GetProperty("settings").EnumerateArray().ToArray();
        var expected = Cases[number].GetProperty("tensors").EnumerateArray().Select(GoldenTensors.ToTensor).ToList();
        manual_seed(Cases[number].GetProperty("seed").GetInt64());
        long Long(int i) => settings[i].GetInt64();
        double Double(int i) => settings[i].GetDouble();
        var blank = zeros(4, 3, 3, 2);
        IList<Tensor> actual = call switch
        {
            "Conv2d" => Parts(Conv2d(Long(0), Long(1), Long(2), groups: Long(3))),
            "Conv2d without bias" => Parts(Conv2d(Long(0), Long(1), Long(2), bias: false)),
            "Linear" => Parts(Linear(Long(0), Long(1))),
            "network" => Parts(Sequential(Conv2d(3, 4, 3), BatchNorm2d(4), ReLU(), Flatten(), Linear(16, 5), Linear(5, 2))),
            "kaiming_uniform_" => [init.kaiming_uniform_(blank, Double(0), Mode(settings[1]), Kind(settings[2]))],
            "kaiming_normal_" => [init.kaiming_normal_(blank, Double(0), Mode(settings[1]), Kind(settings[2]))],
            "xavier_uniform_" => [init.xavier_uniform_(blank, Double(0))],
            "xavier_normal_" => [init.xavier_normal_(blank, Double(0))],
            "normal_" => [init.normal_(zeros(5, 7), Double(0), Double(1))],
            "uniform_" => [init.uniform_(zeros(5, 7), Double(0), Double(1))],
            "trunc_normal_" => [init.trunc_normal_(zeros(5, 7), Double(0), Double(1), Double(2), Double(3))],
            "dropout" => [F.dropout(ones(4, 25), Double(0))],
            "dropout2d" => [F.dropout2d(ones(4, 10, 2, 2), Double(0))],
            _ => throw new InvalidDataException($"No test knows {call}."),
        };
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < actual.Count; i++)
        {
            Assert.Equal(expected[i].shape, actual[i].shape);
            Assert.Equal(expected[i].data<float>().ToArray(), actual[i].detach().data<float>().ToArray());
        }
    }

    [Fact]
    public void Constants_fill()
    {
        using var tensor = zeros(2, 3);
        Assert.Same(tensor, init.constant_(tensor, 2.5));
        Assert.All(tensor.data<float>().ToArray(), value => Assert.Equal(2.5f, value));
        init.ones_(tensor);
        Assert.All(tensor.data<float>().ToArray(), value => Assert.Equal(1f, value));
        init.zeros_(tensor);
        Assert.All(tensor.data<float>().ToArray(), value => Assert.Equal(0f, value));
    }

    [Fact]
    public void Fans_count_the_receptive_field()
    {
        using var weight = zeros(8, 3, 5, 2);
        Assert.Equal((30L, 80L), init.CalculateFanInAndFanOut(weight));
        using var vector = zeros(8);
        Assert.Throws<ArgumentException>(() => init.CalculateFanInAndFanOut(vector));
    }

    [Fact]
    public void Own_generator_leaves_the_default_one_alone()
    {
        using var tensor = zeros(5);
        using var generator = new Generator(11);
        manual_seed(1);
        using var first = rand(3);
        manual_seed(1);
        init.uniform_(tensor, generator: generator);
        using var second = rand(3);
        Assert.Equal(first.data<float>().ToArray(), second.data<float>().ToArray());
    }

    private static List<Tensor> Parts(Module module) => [.. module.parameters()];

    private static init.FanInOut Mode(JsonElement name) => name.GetString() == "fan_in" ? init.FanInOut.FanIn : init.FanInOut.FanOut;

    private static init.NonlinearityType Kind(JsonElement name)
        => Enum.Parse<init.NonlinearityType>(name.GetString()!.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
