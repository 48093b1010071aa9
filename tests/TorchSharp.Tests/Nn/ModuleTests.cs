using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Tests.Nn;

public class ModuleTests
{
    /// <summary>Own parameters come before those of submodules, fields of a class before those of its base.</summary>
    [Fact]
    public void Fields_become_components_by_their_names()
    {
        using var net = new Net();
        Assert.Equal(["scale", "named", "base_field", "first.weight", "first.bias", "body.conv.weight", "body.conv.bias", "body.1.weight", "body.1.bias", "list.0.weight", "list.0.bias"], net.named_parameters().Select(named => named.name));
        Assert.Equal(["offset", "body.1.running_mean", "body.1.running_var", "body.1.num_batches_tracked"], net.named_buffers().Select(named => named.name));
        Assert.Equal(["first", "body", "list"], net.named_children().Select(named => named.name));
        Assert.Equal(["first", "body", "list", "body.conv", "body.1", "list.0"], net.named_modules().Select(named => named.name));
        Assert.Equal(3, net.named_parameters(recurse: false).Count());
        Assert.Same(net.first.weight, net.get_parameter("first.weight"));
        Assert.Same(net.offset, net.get_buffer("offset"));
        Assert.Null(net.get_parameter("first.nothing"));
        Assert.True(net.has_parameter("body.conv.bias"));
        Assert.False(net.has_buffer("body.conv.bias"));
        Assert.Equal("Net", net.GetName());
        Assert.Equal("Conv2d", net.get_parameter("body.conv.weight") is null ? "" : net.modules().OfType<Conv2d>().Single().GetName());
    }

    [Fact]
    public void Properties_keep_the_compilers_name_and_arrays_are_not_looked_into()
    {
        using var net = new Unusual();
        Assert.Equal(["<Layer>k__BackingField.weight", "<Layer>k__BackingField.bias"], net.named_parameters().Select(named => named.name));
        Assert.Equal(2, net.Others.Length);
        Array.ForEach(net.Others, other => other.Dispose());
    }

    [Fact]
    public void A_layer_without_inputs_is_a_layer()
    {
        using var linear = Linear(0, 3);
        using var input = zeros(2, 0);
        using var output = linear.call(input);
        Assert.Equal([0f, 0f, 0f, 0f, 0f, 0f], output.data<float>().ToArray());
    }

    [Fact]
    public void A_shared_parameter_is_listed_once_and_saved_under_both_names()
    {
        using var shared = Linear(2, 2);
        using var pair = Sequential(("a", (Module<Tensor, Tensor>)shared), ("b", shared));
        Assert.Equal(["a.weight", "a.bias"], pair.named_parameters().Select(named => named.name));
        Assert.Equal(["a.weight", "a.bias", "b.weight", "b.bias"], pair.state_dict().Keys);
    }

    [Fact]
    public void Bad_registrations_are_refused()
    {
        using var net = new Net();
        using var linear = Linear(1, 1);
        using var tensor = zeros(1);
        Assert.Throws<ArgumentException>(() => net.register_module("a.b", linear));
        Assert.Throws<ArgumentException>(() => net.register_module("", linear));
        Assert.Throws<InvalidOperationException>(() => net.add_module("first", linear));
        Assert.Throws<InvalidOperationException>(() => net.register_parameter("scale", new Parameter(tensor)));
        Assert.Throws<InvalidOperationException>(() => net.register_buffer("offset", tensor));
        Assert.Throws<ArgumentNullException>(() => net.register_buffer("none", null!));
        Assert.Throws<ArgumentNullException>(() => net.register_parameter("none", null!));
        using var relu = ReLU();
        Assert.Throws<InvalidOperationException>(() => relu.register_module("x", linear));
    }

    [Fact]
    public void Buffers_that_do_not_persist_stay_out_of_the_state()
    {
        using var net = new Net();
        net.register_buffer("passing", zeros(1), persistent: false);
        Assert.Contains("passing", net.named_buffers().Select(named => named.name));
        Assert.DoesNotContain("passing", net.named_buffers(include_nonpersistent: false).Select(named => named.name));
        Assert.DoesNotContain("passing", net.state_dict().Keys);
    }

    [Fact]
    public void Train_eval_and_apply_reach_everything()
    {
        using var net = new Net();
        Assert.True(net.training);
        net.eval();
        Assert.All(net.modules(), module => Assert.False(module.training));
        net.train();
        Assert.All(net.modules(), module => Assert.True(module.training));
        var seen = new List<string>();
        Assert.Same(net, net.apply(module => seen.Add(module.GetName())));
        Assert.Equal(["Linear", "Conv2d", "BatchNorm2d", "Sequential", "Linear", "ModuleList", "Net"], seen);
    }

    [Fact]
    public void Zero_grad_frees_or_clears()
    {
        using var linear = Linear(2, 1);
        using var input = ones(3, 2);
        void Backward()
        {
            using var scope = NewDisposeScope();
            linear.call(input).sum().backward();
        }

        Backward();
        Assert.NotNull(linear.weight.grad);
        linear.zero_grad(set_to_none: false);
        Assert.Equal([0f, 0f], linear.weight.grad!.data<float>().ToArray());
        Backward();
        Assert.Equal([3f, 3f], linear.weight.grad!.data<float>().ToArray());
        linear.zero_grad();
        Assert.Null(linear.weight.grad);
    }

    [Fact]
    public void Disposing_frees_all_tensors()
    {
        var net = new Net();
        var tensors = net.parameters().Cast<Tensor>().Concat(net.buffers()).ToList();
        Assert.Equal(15, tensors.Count);
        net.Dispose();
        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid));
        using var input = ones(1, 2);
        var error = Assert.Throws<InvalidOperationException>(() => net.first.call(input));
        Assert.Equal("Tensor invalid -- empty handle.", error.Message);
        net.Dispose();
    }

    [Fact]
    public void Parameters_share_memory_and_belong_to_no_scope_of_a_layer()
    {
        using var data = zeros(2, 3);
        using var parameter = new Parameter(data, requires_grad: false);
        data.fill_(7);
        Assert.All(parameter.data<float>().ToArray(), value => Assert.Equal(7f, value));
        Assert.False(parameter.requires_grad);
        Linear linear;
        using (NewDisposeScope())
        {
            linear = Linear(2, 2);
        }

        Assert.False(linear.weight.IsInvalid);
        Assert.True(linear.weight.requires_grad && linear.weight.is_leaf);
        linear.Dispose();
    }

    private sealed class Unusual : Module<Tensor, Tensor>
    {
        public Unusual()
            : base(nameof(Unusual)) => RegisterComponents();

        public Linear[] Others { get; } = [Linear(1, 1), Linear(1, 1)];

        private Linear Layer { get; } = Linear(1, 1);

        public override Tensor forward(Tensor x) => Layer.call(x);
    }

    private abstract class Base : Module<Tensor, Tensor>
    {
        private readonly Parameter base_field = new(zeros(1));

        protected Base(string name)
            : base(name)
        {
        }

        protected Tensor Used => base_field;
    }

    private sealed class Net : Base
    {
        public readonly Linear first = Linear(2, 3);
        public readonly Tensor offset = zeros(1);
        private readonly Module<Tensor, Tensor> body = Sequential(("conv", (Module<Tensor, Tensor>)Conv2d(1, 2, 3)), ("1", BatchNorm2d(2)));
        private readonly ModuleList<Linear> list = ModuleList(Linear(1, 1));
        private readonly Parameter scale = new(ones(1));
        private readonly Module<Tensor, Tensor>? nothing = null;

        [ComponentName(Name = "named")]
        private readonly Parameter other = new(ones(1));

        public Net()
            : base("")
        {
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => nothing is null ? body.call(x) * scale + other + offset + Used + list.Count : x;
    }
}
