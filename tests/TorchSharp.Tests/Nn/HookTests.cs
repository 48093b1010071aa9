using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Tests.Nn;

public class HookTests
{
    [Fact]
    public void Hooks_see_and_replace_and_can_be_removed()
    {
        using var scope = NewDisposeScope();
        using var linear = new Linear2();
        var order = new List<string>();
        linear.register_forward_pre_hook(_ => order.Add("module before"));
        var before = linear.register_forward_pre_hook((_, x) =>
        {
            order.Add("before");
            return x * 2;
        });
        var after = linear.register_forward_hook((module, x, y) =>
        {
            Assert.Same(linear, module);
            Assert.Equal(2, x.ToDouble());
            order.Add("after");
            return y + 1;
        });
        linear.register_forward_hook(_ => order.Add("module after"));
        Assert.Equal(21, linear.call(ones(1)).ToDouble());
        Assert.Equal(["module before", "before", "after", "module after"], order);
        Assert.Equal(10, linear.forward(ones(1)).ToDouble());
        before.remove();
        after.remove();
        after.remove();
        Assert.Equal(10, linear.call(ones(1)).ToDouble());
    }

    [Fact]
    public void A_hook_may_remove_itself()
    {
        using var linear = Linear(1, 1);
        using var input = ones(1, 1);
        var count = 0;
        HookableModule<Func<Module<Tensor, Tensor>, Tensor, Tensor>, Func<Module<Tensor, Tensor>, Tensor, Tensor, Tensor>>.HookRemover? remover = null;
        remover = linear.register_forward_hook((_, _, y) =>
        {
            count++;
            remover!.remove();
            return y;
        });
        linear.call(input).Dispose();
        linear.call(input).Dispose();
        Assert.Equal(1, count);
    }

    [Fact]
    public void Hooks_of_two_inputs()
    {
        using var scope = NewDisposeScope();
        var loss = MSELoss(Reduction.Sum);
        loss.register_forward_pre_hook((_, input, target) => (input * 3, target));
        loss.register_forward_hook((_, _, _, value) => value + 1);
        Assert.Equal(5, loss.call(ones(1), ones(1)).ToDouble());
    }

    private sealed class Linear2() : Module<Tensor, Tensor>(nameof(Linear))
    {
        public override Tensor forward(Tensor x) => x * 10;
    }
}
