using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random numbers on one device.</summary>
    public class Generator : IDisposable
    {
        private nint handle;

        public Generator(ulong seed = 0, Device? device = null)
            : this(device ?? CPU, isDefault: false)
        {
            manual_seed(unchecked((long)seed));
        }

        private unsafe Generator(Device device, bool isDefault)
        {
            this.device = InitializeDevice(device);
            fixed (nint* into = &handle)
            {
                TorchCalls.Check(TorchCalls.torch_generator((int)device.type, device.index, isDefault ? (byte)1 : (byte)0, into));
            }
        }

        ~Generator() => Dispose(false);

        /// <summary>The CPU's own generator, which every random function uses when it is given none.</summary>
        public static Generator Default => Of(CPU);

        public Device device { get; }

        public nint Handle => handle != 0 ? handle : throw new InvalidOperationException("Generator invalid -- empty handle.");

        public Generator manual_seed(long seed)
        {
            Seed(0, seed);
            return this;
        }

        /// <summary>Seeds the generator from the system's entropy and says with what.</summary>
        public long seed() => Seed(1, 0);

        public long initial_seed() => Seed(2, 0);

        public unsafe Tensor get_state()
        {
            nint state;
            TorchCalls.Check(TorchCalls.torch_generator_state(Handle, 0, &state));
            GC.KeepAlive(this);
            return new Tensor(state);
        }

        public unsafe void set_state(Tensor value)
        {
            ArgumentNullException.ThrowIfNull(value);
            TorchCalls.Check(TorchCalls.torch_generator_state(Handle, value.Handle, null));
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var freed = Interlocked.Exchange(ref handle, 0);
            if (freed != 0)
            {
                TorchCalls.torch_free_generator(freed);
            }
        }

        /// <summary>The device's own generator.</summary>
        internal static Generator Of(Device device) => new(device, isDefault: true);

        private unsafe long Seed(int what, long value)
        {
            TorchCalls.Check(TorchCalls.torch_generator_seed(Handle, what, &value));
            GC.KeepAlive(this);
            return value;
        }
    }
}
