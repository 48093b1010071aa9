using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long[] shape => Sizes();

        public ScalarType dtype => (ScalarType)Describe().DType;

        public Device device
        {
            get
            {
                var description = Describe();
                return new Device((DeviceType)description.DeviceType, description.DeviceIndex);
            }
        }

        public DeviceType device_type => (DeviceType)Describe().DeviceType;

        public int device_index => Describe().DeviceIndex;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_sparse => Describe().Strided == 0;

        public bool is_leaf => Describe().IsLeaf != 0;

        public long Dimensions => Describe().Dimensions;

        public long ndim => Describe().Dimensions;

        public long NumberOfElements => Describe().Elements;

        public long ElementSize => Describe().ElementSize;

        public long dim() => ndim;

        public long numel() => NumberOfElements;

        public long element_size() => ElementSize;

        public long[] size() => Sizes();

        public long size(int dim) => Sizes()[Wrapped(dim)];

        public long[] stride() => Strides();

        public long stride(int dim) => Strides()[Wrapped(dim)];

        public long storage_offset() => Describe().Offset;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_contiguous() => Describe().Contiguous != 0;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_nonzero() => Op.is_nonzero.CallBool(this);

        public bool is_pinned() => Op.is_pinned.CallBool(this);

        private unsafe long[] Sizes()
        {
            var sizes = new long[Describe().Dimensions];
            fixed (long* into = sizes)
            {
                TorchCalls.Check(TorchCalls.torch_dimensions(Handle, into, null));
            }

            GC.KeepAlive(this);
            return sizes;
        }

        private unsafe long[] Strides()
        {
            var strides = new long[Describe().Dimensions];
            fixed (long* into = strides)
            {
                TorchCalls.Check(TorchCalls.torch_dimensions(Handle, null, into));
            }

            GC.KeepAlive(this);
            return strides;
        }

        private long Wrapped(int dim)
        {
            var dimensions = ndim;
            return dim >= -dimensions && dim < dimensions
                ? (dim + dimensions) % dimensions
                : throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor has {dimensions} dimensions.");
        }
    }
}
