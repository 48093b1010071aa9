using TorchSharp.Native;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The raw memory of a contiguous tensor on the CPU: keep the tensor alive while the span is in use.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                var description = Describe();
                if ((DeviceType)description.DeviceType != DeviceType.CPU)
                {
                    throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                }

                if (description.Contiguous == 0)
                {
                    throw new InvalidOperationException("Bytes() called on non-contiguous tensor: call contiguous() first.");
                }

                var length = description.Elements * description.ElementSize;
                return length <= int.MaxValue
                    ? new Span<byte>(DataPointer(), (int)length)
                    : throw new ArgumentException("Span only supports up to int.MaxValue bytes.");
            }

            set
            {
                var target = bytes;
                if (value.Length != target.Length)
                {
                    throw new ArgumentException($"Mismatched data sizes in Tensor.bytes: the tensor has {target.Length} bytes, the value {value.Length}.");
                }

                value.CopyTo(target);
            }
        }

        /// <summary>
        /// The elements, row by row whatever the strides; <typeparamref name="T"/> must be the tensor's own type. Copies a tensor that is not on the CPU;
        /// of one that is, it reads the tensor's own memory, and refuses once the tensor is disposed.
        /// </summary>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            ElementTypes.MustBe(typeof(T), dtype);
            return is_cpu() ? new TensorAccessor<T>(this, owned: false) : new TensorAccessor<T>(cpu(), owned: true);
        }

        /// <summary>The value of a tensor of one element; <typeparamref name="T"/> must be the tensor's own type.</summary>
        public T item<T>()
            where T : unmanaged
        {
            var description = Describe();
            if (description.Elements != 1)
            {
                throw new ArgumentException($"Only one-element tensors can be converted to a scalar: this one has {description.Elements} elements.");
            }

            ElementTypes.MustBe(typeof(T), (ScalarType)description.DType);
            return ReadOne<T>();
        }

        /// <summary>The value of a tensor of one element, whatever its type.</summary>
        public Scalar ToScalar()
        {
            if (NumberOfElements != 1)
            {
                throw new ArgumentException($"Only one-element tensors can be converted to a scalar: this one has {NumberOfElements} elements.");
            }

            return Op._local_scalar_dense.CallScalar(this);
        }

        public T ReadCpuValue<T>(long i)
            where T : unmanaged
        {
            using var accessor = data<T>();
            return accessor.At(i);
        }

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);

        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public float ReadCpuFloat16(long i) => (float)ReadCpuValue<Half>(i);

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        /// <summary>Fills the tensor from a stream of its raw elements.</summary>
        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            if (is_cpu() && is_contiguous())
            {
                stream.ReadExactly(bytes);
                return;
            }

            using var plain = empty(shape, dtype).DetachFromDisposeScope();
            stream.ReadExactly(plain.bytes);
            using var mode = no_grad();
            copy_(plain);
        }

        /// <summary>Writes the raw elements, row by row.</summary>
        public void WriteBytesToStream(Stream stream, int bufferSize = 1024)
        {
            ArgumentNullException.ThrowIfNull(stream);
            using var scope = NewDisposeScope();
            stream.Write(cpu().contiguous().bytes);
        }

        internal unsafe void* DataPointer()
        {
            void* data;
            TorchCalls.Check(TorchCalls.torch_data(Handle, &data));
            GC.KeepAlive(this);
            return data;
        }

        private unsafe T ReadOne<T>()
            where T : unmanaged
        {
            if (is_cpu())
            {
                var value = *(T*)DataPointer();
                GC.KeepAlive(this);
                return value;
            }

            using var copy = cpu().DetachFromDisposeScope();
            return *(T*)copy.DataPointer();
        }
    }
}
