using static TorchSharp.torch;

namespace Tests.Torch;

public class AutogradTests
{
    [Fact]
    public void Backward_gathers_gradients_in_the_leaves()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 2f, 3f }, requires_grad: true);
        Assert.Null(x.grad);
        (x * x).sum().backward();
        Assert.Equal([2f, 4f, 6f], x.grad!.data<float>().ToArray());
        (x * x).sum().backward();
        Assert.Equal([4f, 8f, 12f], x.grad!.data<float>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
        x.grad = ones(3);
        Assert.Equal([1f, 1f, 1f], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void A_gradient_is_one_object_s_memory_whatever_reads_it()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 3f }, requires_grad: true);
        x.pow(2).backward();
        x.grad!.zero_();
        Assert.Equal(0, x.grad!.item<float>());
    }

    [Fact]
    public void Derivatives_of_derivatives()
    {
        using var scope = NewDisposeScope();
        var x = tensor(2.0, requires_grad: true);
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        Assert.Equal(12, first.item<double>());
        Assert.Equal(12, autograd.grad([first], [x])[0].item<double>());
        Assert.Null(x.grad);
    }

    [Fact]
    public void Unused_inputs_have_no_derivative()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (tensor(2.0, requires_grad: true), tensor(3.0, requires_grad: true));
        var gradients = autograd.grad([x * 2], [x, y], allow_unused: true);
        Assert.Equal(2, gradients[0].item<double>());
        Assert.Null(gradients[1]);
    }

    [Fact]
    public void Backward_takes_weights_and_inputs()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (ones(2, requires_grad: true), ones(2, requires_grad: true));
        var product = x * y * 3;
        product.backward([tensor(new[] { 1f, 10f })], retain_graph: true, inputs: [x]);
        Assert.Equal([3f, 30f], x.grad!.data<float>().ToArray());
        Assert.Null(y.grad);
        autograd.backward(product, ones(2));
        Assert.Equal([3f, 3f], y.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Middle_tensors_keep_their_gradient_when_asked()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        var middle = x * 2;
        middle.retain_grad();
        (middle * 5).sum().backward();
        Assert.False(middle.is_leaf);
        Assert.Equal([5f, 5f], middle.grad!.data<float>().ToArray());
    }

    [Fact]
    public void No_grad_is_left_as_it_was_entered()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }

            Assert.False(is_grad_enabled());
        }

        using (set_grad_enabled(false))
        {
            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
        Assert.False(x.detach().requires_grad);
    }

    [Fact]
    public void The_mode_is_the_thread_s_own()
    {
        using var mode = no_grad();
        var elsewhere = false;
        var thread = new Thread(() => elsewhere = is_grad_enabled());
        thread.Start();
        thread.Join();
        Assert.True(elsewhere);
        Assert.False(is_grad_enabled());
    }

    [Fact]
    public void Inference_mode_records_nothing()
    {
        using var scope = NewDisposeScope();
        var x = ones(2, requires_grad: true);
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }

        Assert.False(is_inference_mode_enabled());
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void Threads_differentiate_side_by_side()
    {
        Parallel.For(0, 4, worker =>
        {
            for (var round = 0; round < 50; round++)
            {
                using var scope = NewDisposeScope();
                var x = full([8], (float)worker, requires_grad: true);
                (x * x).sum().backward();
                Assert.Equal(2f * worker, x.grad![3].item<float>());
            }
        });
    }
}
