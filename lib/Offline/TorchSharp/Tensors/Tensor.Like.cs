using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.zeros_like(this, dtype, device, requires_grad);

        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.ones_like(this, dtype, device, requires_grad);

        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.empty_like(this, dtype, device, requires_grad);

        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.full_like(this, value, dtype, device, requires_grad);

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.rand_like(this, dtype, device, requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.randn_like(this, dtype, device, requires_grad);

        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => torch.randint_like(this, low, high, dtype, device, requires_grad);

        /// <summary>The dimensions reversed.</summary>
        public Tensor T => Op.numpy_T.Call(this);

        /// <summary>The last two dimensions exchanged.</summary>
        public Tensor mT => Op.mT.Call(this);

        public Tensor H => Op.adjoint.Call(this);

        public Tensor mH => Op.adjoint.Call(this);

        public Tensor real => Op.real.Call(this);

        public Tensor imag => Op.imag.Call(this);

        public Tensor view_as_real() => Op.view_as_real.Call(this);

        public Tensor view_as_complex() => Op.view_as_complex.Call(this);

        public IList<Tensor> nonzero_as_list() => Op.nonzero_numpy.CallList(this);

        public Tensor tensordot(Tensor b, long dims = 2)
        {
            ArgumentNullException.ThrowIfNull(b);
            var own = ndim;
            return tensordot(b, [.. Enumerable.Range(0, (int)dims).Select(i => own - dims + i)], [.. Enumerable.Range(0, (int)dims).Select(i => (long)i)]);
        }

        public void save(string location) => torch.save(this, location);

        public static Tensor load(string location) => torch.load(location);

        /// <summary>Reads a tensor that Save wrote, in TorchSharp's own form.</summary>
        public static Tensor Load(string location)
        {
            using var stream = File.OpenRead(location);
            return Load(stream);
        }

        public static Tensor Load(Stream stream)
        {
            using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
            return Load(reader);
        }

        public static Tensor Load(BinaryReader reader) => TensorRecord.Read(reader).ToTensor();

        public static Tensor block_diag(params Tensor[] tensors) => torch.block_diag(tensors);

        public Tensor adjoint() => Op.adjoint.Call(this);

        public bool is_conj() => Op.is_conj.CallBool(this);

        public bool is_neg() => Op.is_neg.CallBool(this);

        public Tensor[] hsplit(Tensor indices) => tensor_split(indices, ndim > 1 ? 1 : 0);

        public Tensor[] vsplit(Tensor indices) => tensor_split(indices, 0);

        public Tensor[] dsplit(Tensor indices) => tensor_split(indices, 2);
    }
}
