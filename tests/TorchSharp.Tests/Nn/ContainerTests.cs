using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Tests.Nn;

public class ContainerTests
{
    [Fact]
    public void Sequential_frees_what_lies_between_and_nothing_else()
    {
        var seen = new List<Tensor>();
        var first = Linear(2, 3);
        var last = Linear(3, 1);
        first.register_forward_hook((_, _, output) =>
        {
            seen.Add(output);
            return output;
        });
        using var model = Sequential(first, ReLU(inplace: true), Identity(), last);
        using var input = ones(4, 2);
        using var output = model.call(input);
        Assert.True(Assert.Single(seen).IsInvalid);
        Assert.False(input.IsInvalid);
        Assert.Equal([4L, 1L], output.shape);
    }

    [Fact]
    public void Sequential_leaves_the_same_number_of_tensors_alive()
    {
        using var model = Sequential(Linear(2, 3), ReLU(), Dropout(), Flatten(), Linear(3, 1));
        using var input = ones(4, 2);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        model.call(input).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_module_that_gives_back_its_input_is_safe()
    {
        using var model = Sequential(Linear(2, 2), new Same(), new Same(), Linear(2, 1));
        using var input = ones(4, 2);
        using var output = model.call(input);
        Assert.Equal([4L, 1L], output.shape);
        using var nothing = Sequential(new Same());
        Assert.Same(input, nothing.call(input));
    }

    [Fact]
    public void Empty_Sequential_gives_a_handle_of_its_own()
    {
        using var model = Sequential();
        using var input = ones(2);
        var output = model.call(input);
        output.Dispose();
        Assert.False(input.IsInvalid);
    }

    [Fact]
    public void Items_and_slices()
    {
        using var relu = ReLU();
        using var model = Sequential(("a", (Module<Tensor, Tensor>)Linear(2, 3)), ("b", relu));
        model.append("c", Linear(3, 1)).append(Sigmoid());
        Assert.Equal(4, model.Count);
        Assert.Equal(["a", "b", "c", "3"], model.named_children().Select(child => child.name));
        Assert.Same(relu, model[1]);
        Assert.Equal(["b", "c"], model[1..3].named_children().Select(child => child.name));
        Assert.Equal(["c", "3"], model[(-2, null)].named_children().Select(child => child.name));
        Assert.Throws<ArgumentOutOfRangeException>(() => model[(3, 9)]);
        Assert.Throws<InvalidOperationException>(() => model.append("a", ReLU()));
    }

    [Fact]
    public void Lists_number_their_modules_anew_when_they_change()
    {
        using var list = ModuleList(Linear(1, 1), Linear(2, 2));
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], list.state_dict().Keys);
        var taken = list[0];
        list.RemoveAt(0);
        list.append(Linear(3, 3), Linear(4, 4));
        Assert.Equal([2L, 3L, 4L], list.Select(linear => linear.in_features));
        Assert.Equal(["0", "1", "2"], list.named_children().Select(child => child.name));
        taken.Dispose();
    }

    [Fact]
    public void Dictionaries_name_their_modules()
    {
        using var dictionary = ModuleDict(("one", Linear(1, 1)), ("two", Linear(2, 2)));
        Assert.Equal(["one.weight", "one.bias", "two.weight", "two.bias"], dictionary.state_dict().Keys);
        Assert.Equal(2, dictionary["two"].in_features);
        Assert.True(dictionary.Remove("one"));
        Assert.Equal(["two"], dictionary.keys());
        Assert.Throws<KeyNotFoundException>(() => dictionary["one"]);
    }

    private sealed class Same() : Module<Tensor, Tensor>("Same")
    {
        public override Tensor forward(Tensor x) => x;
    }
}
