using System.Runtime.InteropServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The version of libtorch.</summary>
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((nint)TorchCalls.torch_version())!;

    public static void set_num_threads(int num) => SetThreads(num, interop: false);

    public static int get_num_threads() => TorchCalls.torch_threads(0);

    /// <summary>Only before the first parallel work.</summary>
    public static void set_num_interop_threads(int num) => SetThreads(num, interop: true);

    public static int get_num_interop_threads() => TorchCalls.torch_threads(1);

    /// <summary>Seeds the default generators of all devices and gives the CPU's.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static long seed() => random.seed();

    public static long initial_seed() => random.initial_seed();

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    public static bool cuda_is_available() => cuda.is_available();

    public static bool mps_is_available() => false;

    /// <summary>Writes one tensor in libtorch's own format.</summary>
    public static unsafe void save(Tensor t, string location)
    {
        ArgumentNullException.ThrowIfNull(t);
        ArgumentNullException.ThrowIfNull(location);
        TorchCalls.Check(TorchCalls.torch_save(t.Handle, location));
        GC.KeepAlive(t);
    }

    /// <summary>Reads one tensor that <see cref="save"/> wrote.</summary>
    public static unsafe Tensor load(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        nint result;
        TorchCalls.Check(TorchCalls.torch_load(location, &result));
        return new Tensor(result);
    }

    public static double rand_float(Generator? generator = null)
    {
        using var number = rand(1, generator: generator);
        return number.item<float>();
    }

    public static double randn_float(Generator? generator = null)
    {
        using var number = randn(1, generator: generator);
        return number.item<float>();
    }

    public static long randint_long(long low, long high, Generator? generator = null)
    {
        using var number = randint(low, high, [1L], generator: generator);
        return number.item<long>();
    }

    public static long randint_long(long high, Generator? generator = null) => randint_long(0, high, generator);

    public static int randint_int(int low, int high, Generator? generator = null) => (int)randint_long(low, high, generator);

    public static int randint_int(int high, Generator? generator = null) => randint_int(0, high, generator);

    public static bool randint_bool(Generator? generator = null) => randint_long(0, 2, generator) == 1;

    private static unsafe void SetThreads(int threads, bool interop) =>
        TorchCalls.Check(TorchCalls.torch_set_threads(threads, interop ? (byte)1 : (byte)0));

    /// <summary>The default stream of random numbers.</summary>
    public static class random
    {
        public static unsafe Generator manual_seed(long seed)
        {
            TorchCalls.Check(TorchCalls.torch_seed_all(seed));
            return Generator.Default;
        }

        public static long seed()
        {
            using var generator = Generator.Default;
            return generator.seed();
        }

        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }

    /// <summary>NVIDIA's devices.</summary>
    public static class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static int device_count() => TorchCalls.torch_cuda_devices();

        public static bool is_cudnn_available() => TorchCalls.torch_has_cudnn() != 0;

        public static void manual_seed(long seed)
        {
            if (is_available())
            {
                using var generator = Generator.Of(torch.CUDA);
                generator.manual_seed(seed);
            }
        }

        public static void manual_seed_all(long seed)
        {
            for (var index = 0; index < device_count(); index++)
            {
                using var generator = Generator.Of(new Device(DeviceType.CUDA, index));
                generator.manual_seed(seed);
            }
        }

        public static unsafe void synchronize(Device? device = null)
        {
            InitializeDeviceType(DeviceType.CUDA);
            TorchCalls.Check(TorchCalls.torch_cuda_synchronize(device?.index ?? -1));
        }
    }

    /// <summary>Settings of the libraries behind libtorch.</summary>
    public static class backends
    {
        private static unsafe bool AllowTf32(int which, int value)
        {
            byte current;
            TorchCalls.Check(TorchCalls.torch_allow_tf32(which, value, &current));
            return current != 0;
        }

        public static class cuda
        {
            public static class matmul
            {
                public static bool allow_tf32
                {
                    get => AllowTf32(0, -1);
                    set => AllowTf32(0, value ? 1 : 0);
                }
            }
        }

        public static class cudnn
        {
            public static bool allow_tf32
            {
                get => AllowTf32(1, -1);
                set => AllowTf32(1, value ? 1 : 0);
            }
        }
    }
}
