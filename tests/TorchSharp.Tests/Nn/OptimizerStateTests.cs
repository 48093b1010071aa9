using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Nn;

public class OptimizerStateTests
{
    public static TheoryData<string> Kinds() => ["SGD", "Adam", "AdamW", "RMSProp"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_restored_optimizer_goes_on_as_if_nothing_had_happened(string kind)
    {
        foreach (var throughFile in (bool[])[false, true])
        {
            using var straight = Start();
            using var first = Start();
            using var second = Start();
            using var straightOptimizer = Make(kind, straight, .05);
            using var firstOptimizer = Make(kind, first, .05);
            using var secondOptimizer = Make(kind, second, .5);
            Steps(straight, straightOptimizer, 6);
            Steps(first, firstOptimizer, 3);
            using (no_grad())
            {
                second.copy_(first);
            }

            if (throughFile)
            {
                var memory = new MemoryStream();
                firstOptimizer.save_state_dict(new BinaryWriter(memory));
                memory.Position = 0;
                using var reader = new BinaryReader(memory);
                secondOptimizer.load_state_dict(reader);
            }
            else
            {
                secondOptimizer.load_state_dict(firstOptimizer.state_dict());
            }

            Assert.Equal(.05, secondOptimizer.ParamGroups.Single().LearningRate);
            Assert.True(secondOptimizer.state_dict().State[0].ApproximatelyEquals(firstOptimizer.state_dict().State[0]));
            Steps(first, firstOptimizer, 1);
            Assert.False(secondOptimizer.state_dict().State[0].ApproximatelyEquals(firstOptimizer.state_dict().State[0]));
            Steps(second, secondOptimizer, 3);
            Assert.Equal(straight.Flat(), second.Flat());
        }
    }

    [Fact]
    public void A_state_of_another_optimizer_or_shape_is_refused_and_changes_nothing()
    {
        using var parameter = Start();
        using var longer = new Parameter(ones(7));
        using var adam = Make("Adam", parameter, .05);
        using var sgd = Make("SGD", parameter, .05);
        using var other = Make("Adam", longer, .25);
        Steps(parameter, adam, 2);
        var memory = new MemoryStream();
        adam.save_state_dict(new BinaryWriter(memory));
        var bytes = memory.ToArray();
        Assert.Throws<InvalidDataException>(() => Load(sgd, bytes));
        Assert.Throws<ArgumentException>(() => sgd.load_state_dict(adam.state_dict()));
        Assert.Throws<ArgumentException>(() => Load(other, bytes));
        Assert.Throws<ArgumentException>(() => other.load_state_dict(adam.state_dict()));
        Assert.Throws<EndOfStreamException>(() => Load(adam, bytes[..^2]));
        Assert.Equal(.25, other.ParamGroups.Single().LearningRate);
        Assert.Equal(0, ((Adam.State)other.state_dict().State[0]).step);
        using var two = optim.Adam([new Parameter(ones(3)), new Parameter(ones(3))]);
        Assert.Throws<ArgumentException>(() => two.load_state_dict(adam.state_dict()));
    }

    [Fact]
    public void Settings_of_a_group_hold_against_those_of_the_optimizer()
    {
        using var first = Start();
        using var second = Start();
        using var optimizer = optim.Adam([new Adam.ParamGroup([first], .5, beta1: .7), new Adam.ParamGroup { Parameters = [second] }], lr: .01);
        Assert.Equal([.5, .01], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([.5, .01], optimizer.ParamGroups.Select(group => group.InitialLearningRate));
        Assert.Equal([(.7, .999), (.9, .999)], optimizer.ParamGroups.Cast<Adam.ParamGroup>().Select(group => group.Betas));
        Assert.Collection(optimizer.parameters(), one => Assert.Same(first, one), two => Assert.Same(second, two));
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new Adam.ParamGroup([first], .1)));
        Assert.Throws<ArgumentException>(() => optim.Adam([first], lr: -1));
        Assert.Throws<ArgumentException>(() => optim.Adam([first], beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.SGD([first], .1, nesterov: true));
    }

    [Fact]
    public void A_closure_is_run_with_gradients_and_its_loss_returned()
    {
        using var scope = NewDisposeScope();
        using var parameter = new Parameter(ones(1));
        using var optimizer = optim.SGD([("x", parameter)], .25);
        using var _ = no_grad();
        var loss = optimizer.step(() =>
        {
            optimizer.zero_grad();
            var value = (parameter * parameter).sum();
            value.backward();
            return value;
        });
        Assert.Equal(1, loss!.ToDouble());
        Assert.Equal(.5, parameter.ToDouble());
    }

    [Fact]
    public void Gradients_are_clipped_together_or_one_by_one()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [new(zeros(2)), new(zeros(1)), new(zeros(1))];
        (parameters[0] * 3).sum().backward();
        (parameters[1] * 4).sum().backward();
        var norm = nn.utils.clip_grad_norm_(parameters, 1);
        Assert.Equal(Math.Sqrt(9 + 9 + 16), norm, 6);
        Assert.Equal([3 / norm, 3 / norm, 4 / norm], parameters[..2].SelectMany(parameter => parameter.grad!.Flat()).Select(value => Math.Round(value, 6)), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(4 / norm, nn.utils.clip_grad_norm_(parameters, 100, double.PositiveInfinity), 6);
        nn.utils.clip_grad_value_(parameters, .6);
        Assert.Equal([3 / norm, 3 / norm, .6], parameters[..2].SelectMany(parameter => parameter.grad!.Flat()), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Parameters_go_to_a_vector_and_back()
    {
        using var scope = NewDisposeScope();
        Parameter[] parameters = [new(arange(6).to(ScalarType.Float32).reshape(2, 3)), new(ones(2))];
        var vector = nn.utils.parameters_to_vector(parameters);
        Assert.Equal([0, 1, 2, 3, 4, 5, 1, 1], vector.Flat());
        nn.utils.vector_to_parameters(vector * 2, parameters);
        Assert.Equal([0, 2, 4, 6, 8, 10], parameters[0].Flat());
        Assert.Equal([2, 2], parameters[1].Flat());
    }

    private static void Load(OptimizerHelper optimizer, byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        optimizer.load_state_dict(reader);
    }

    private static Parameter Start() => new(tensor(new[] { 1.0, -2, 3 }));

    private static OptimizerHelper Make(string kind, Parameter parameter, double lr) => kind switch
    {
        "SGD" => optim.SGD([parameter], lr, momentum: .9),
        "Adam" => optim.Adam([parameter], lr, amsgrad: true),
        "AdamW" => optim.AdamW([parameter], lr, weight_decay: .1),
        _ => optim.RMSProp([parameter], lr, momentum: .5, centered: true),
    };

    private static void Steps(Parameter parameter, OptimizerHelper optimizer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            parameter.pow(4).sum().backward();
            optimizer.step();
        }
    }
}
