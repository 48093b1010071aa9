using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Describe().RequiresGrad != 0;
            set => requires_grad_(value);
        }

        /// <summary>The gradient that backward gathered; null when there is none.</summary>
        public unsafe Tensor? grad
        {
            get
            {
                nint gradient;
                TorchCalls.Check(TorchCalls.torch_get_grad(Handle, &gradient));
                GC.KeepAlive(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }

            set
            {
                TorchCalls.Check(TorchCalls.torch_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(value);
                GC.KeepAlive(this);
            }
        }

        public unsafe Tensor requires_grad_(bool requires_grad = true)
        {
            TorchCalls.Check(TorchCalls.torch_set_requires_grad(Handle, requires_grad ? (byte)1 : (byte)0));
            GC.KeepAlive(this);
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public unsafe void retain_grad()
        {
            TorchCalls.Check(TorchCalls.torch_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        public void backward() => autograd.backward(this);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward(this, grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Op.detach.Call(this);

        public Tensor detach_() => Op.detach_.InPlace(this, this);
    }

    /// <summary>Derivatives.</summary>
    public static class autograd
    {
        /// <summary>Derivatives of <paramref name="outputs"/> by <paramref name="inputs"/>, without touching their <c>grad</c>; null entries for unused inputs when these are allowed.</summary>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            ArgumentNullException.ThrowIfNull(outputs);
            ArgumentNullException.ThrowIfNull(inputs);
            nint[] from = Tensor.HandlesOf(outputs), to = Tensor.HandlesOf(inputs), weights = Tensor.HandlesOf(grad_outputs);
            var results = new nint[to.Length];
            fixed (nint* fromPointer = from, toPointer = to, weightPointer = weights, resultPointer = results)
            {
                TorchCalls.Check(TorchCalls.torch_grad(fromPointer, from.Length, weightPointer, weights.Length, toPointer, to.Length, Byte(retain_graph || create_graph), Byte(create_graph), Byte(allow_unused), resultPointer));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(results, result => result == 0 ? null! : new Tensor(result));
        }

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Adds the derivatives of <paramref name="tensors"/> to the <c>grad</c> of the leaves, or of <paramref name="inputs"/> only.</summary>
        public static unsafe void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            ArgumentNullException.ThrowIfNull(tensors);
            nint[] from = Tensor.HandlesOf(tensors), to = Tensor.HandlesOf(inputs), weights = Tensor.HandlesOf(grad_tensors);
            fixed (nint* fromPointer = from, toPointer = to, weightPointer = weights)
            {
                TorchCalls.Check(TorchCalls.torch_backward(fromPointer, from.Length, weightPointer, weights.Length, toPointer, to.Length, Byte(retain_graph ?? create_graph), Byte(create_graph)));
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        private static byte Byte(bool value) => value ? (byte)1 : (byte)0;
    }

    /// <summary>No graph is recorded on this thread until the result is disposed.</summary>
    public static IDisposable no_grad() => new AutogradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutogradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutogradMode(mode);

    public static bool is_grad_enabled() => TorchCalls.torch_grad_enabled() != 0;

    /// <summary>As no_grad, faster, and its results can never be part of a graph. Dispose on the thread that opened it.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => TorchCalls.torch_inference_enabled() != 0;

    private sealed class AutogradMode : IDisposable
    {
        private readonly byte before = TorchCalls.torch_grad_enabled();
        private bool disposed;

        internal AutogradMode(bool enabled) => TorchCalls.torch_set_grad_enabled(enabled ? (byte)1 : (byte)0);

        public void Dispose()
        {
            if (!disposed)
            {
                disposed = true;
                TorchCalls.torch_set_grad_enabled(before);
            }
        }
    }

    private sealed class InferenceMode : IDisposable
    {
        private nint scope;

        internal unsafe InferenceMode(bool enabled)
        {
            fixed (nint* into = &scope)
            {
                TorchCalls.Check(TorchCalls.torch_enter_inference(enabled ? (byte)1 : (byte)0, into));
            }
        }

        public void Dispose()
        {
            var left = Interlocked.Exchange(ref scope, 0);
            if (left != 0)
            {
                TorchCalls.torch_leave_inference(left);
            }
        }
    }
}
