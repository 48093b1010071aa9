using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An n-dimensional array of numbers in libtorch's memory. Freed by Dispose, by its dispose scope, or late by its finaliser.</summary>
    [Utils.TypeFormatterSource(typeof(Utils.TensorFormatters))]
    public partial class Tensor : IDisposable
    {
        private static long totalCount;
        private static long peakCount;
        private nint handle;

        /// <summary>Takes over a handle that native/torch_calls.cpp gave.</summary>
        internal Tensor(nint handle)
        {
            this.handle = handle;
            var total = Interlocked.Increment(ref totalCount);
            for (var peak = Volatile.Read(ref peakCount); total > peak; peak = Volatile.Read(ref peakCount))
            {
                Interlocked.CompareExchange(ref peakCount, total, peak);
            }

            DisposeScopeManager.Register(this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>Tensors that are alive in the process.</summary>
        public static long TotalCount => Volatile.Read(ref totalCount);

        /// <summary>The most tensors that were alive at once.</summary>
        public static long PeakCount => Volatile.Read(ref peakCount);

        public nint Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        /// <summary>True once the tensor is disposed.</summary>
        public bool IsInvalid => handle == 0;

        /// <summary>A name for people to read; nothing depends on it.</summary>
        public string? name { get; set; }

        internal DisposeScope? OwningScope { get; set; }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var freed = Interlocked.Exchange(ref handle, 0);
            if (freed == 0)
            {
                return;
            }

            Interlocked.Decrement(ref totalCount);
            TorchCalls.torch_free(freed);
            if (disposing)
            {
                DisposeScopeManager.Disposed(this);
            }
        }

        /// <summary>Gives the native handle away: the caller frees it, and this tensor is invalid from here on.</summary>
        public nint DecoupleFromNativeHandle()
        {
            var given = Handle;
            handle = 0;
            Interlocked.Decrement(ref totalCount);
            DisposeScopeManager.Disposed(this);
            GC.SuppressFinalize(this);
            return given;
        }

        public static Tensor UnsafeCreateTensor(nint handle) => new(handle);

        /// <summary>Hands the tensor to the scope around its own; without one it belongs to no scope.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return MoveToOtherDisposeScope(other.OwningScope);
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningScope is { } owner)
            {
                owner.MoveToOther(other, this);
            }
            else
            {
                other?.Attach(this);
            }

            return this;
        }

        /// <summary>Takes the tensor out of scopes: only Dispose or the finaliser frees it then.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningScope?.Detach(this);
            return this;
        }

        /// <summary>A second tensor object for the same data.</summary>
        public Tensor alias()
        {
            var shared = TorchCalls.torch_share(Handle);
            GC.KeepAlive(this);
            return new(shared);
        }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>True when shapes and all elements are equal.</summary>
        public bool Equals(Tensor target) => Op.equal.CallBool(this, target);

        public override int GetHashCode() => base.GetHashCode();

        internal static unsafe nint[] HandlesOf(IList<Tensor>? tensors)
        {
            var handles = new nint[tensors?.Count ?? 0];
            for (var i = 0; i < handles.Length; i++)
            {
                handles[i] = tensors![i]?.Handle ?? 0;
            }

            return handles;
        }

        private unsafe Description Describe()
        {
            Description description;
            TorchCalls.Check(TorchCalls.torch_describe(Handle, &description));
            GC.KeepAlive(this);
            return description;
        }
    }

    /// <summary>Runs <paramref name="expr"/> in a scope of its own and moves its result out.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        ArgumentNullException.ThrowIfNull(expr);
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    /// <summary>Everything made on this thread until the scope is disposed belongs to it, unless a scope inside it is open.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.Open();

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.Current;

    /// <summary>Errors are thrown where they happen: there is none left to look for.</summary>
    public static void CheckForErrors()
    {
    }
}
