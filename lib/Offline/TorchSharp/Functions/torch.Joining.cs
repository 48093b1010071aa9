using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Op.cat.Call(Listed(tensors), dim);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Op.stack.Call(Listed(tensors), dim);

    public static Tensor hstack(IList<Tensor> tensors) => Op.hstack.Call(Listed(tensors));

    public static Tensor hstack(params Tensor[] tensors) => Op.hstack.Call(Listed(tensors));

    public static Tensor hstack(IEnumerable<Tensor> tensors) => Op.hstack.Call(Listed(tensors));

    public static Tensor vstack(IList<Tensor> tensors) => Op.vstack.Call(Listed(tensors));

    public static Tensor dstack(params Tensor[] tensors) => Op.dstack.Call(Listed(tensors));

    public static Tensor dstack(IList<Tensor> tensors) => Op.dstack.Call(Listed(tensors));

    public static Tensor dstack(IEnumerable<Tensor> tensors) => Op.dstack.Call(Listed(tensors));

    public static Tensor row_stack(params Tensor[] tensors) => Op.vstack.Call(Listed(tensors));

    public static Tensor row_stack(IList<Tensor> tensors) => Op.vstack.Call(Listed(tensors));

    public static Tensor column_stack(params Tensor[] tensors) => Op.column_stack.Call(Listed(tensors));

    public static Tensor column_stack(IList<Tensor> tensors) => Op.column_stack.Call(Listed(tensors));

    public static Tensor block_diag(params Tensor[] tensors) => Op.block_diag.Call(Listed(tensors));

    public static Tensor cartesian_prod(params Tensor[] tensors) => Op.cartesian_prod.Call(Listed(tensors));

    public static Tensor cartesian_prod(IList<Tensor> tensors) => Op.cartesian_prod.Call(Listed(tensors));

    public static Tensor combinations(Tensor input, int r = 2, bool with_replacement = false) => Op.combinations.Call(input, r, with_replacement);

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") => Op.meshgrid_indexing.CallList(Listed(tensors), indexing);

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Op.broadcast_tensors.CallList(Listed(tensors));

    public static IEnumerable<Tensor> atleast_1d(params Tensor[] input) => Op.atleast_1d_Sequence.CallList(Listed(input));

    public static IEnumerable<Tensor> atleast_2d(params Tensor[] input) => Op.atleast_2d_Sequence.CallList(Listed(input));

    public static IEnumerable<Tensor> atleast_3d(params Tensor[] input) => Op.atleast_3d_Sequence.CallList(Listed(input));

    public static Tensor einsum(string equation, params Tensor[] tensors) => Op.einsum.Call(equation, Listed(tensors));

    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        Op.cdist.Call(x1, x2, p, (long)compute_mode);

    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null) =>
        Op.searchsorted_Tensor.Call(sorted_sequence, values, out_int32, right, Arg.None, sorter);

    public static Tensor searchsorted(Tensor sorted_sequence, Scalar values, bool out_int32, bool right, Tensor? sorter) =>
        Op.searchsorted_Scalar.Call(sorted_sequence, values, out_int32, right, Arg.None, sorter);

    public static Tensor[] where(Tensor condition) => Op.where.CallList(condition);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Op.where_self.Call(condition, x, y);

    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => Op.softmax_int.Call(input, dim, dtype);

    public static Tensor tril_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Op.tril_indices.Call(row, col, offset, dtype, Arg.None, InitializeDevice(device));

    public static Tensor triu_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Op.triu_indices.Call(row, col, offset, dtype, Arg.None, InitializeDevice(device));

    public static Tensor hann_window(long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finished(Op.hann_window_periodic.Call(len, periodic, dtype ?? defaultType, Arg.None, InitializeDevice(device)), requires_grad);

    public static Tensor movedim(Tensor input, long source, long destination) => Op.movedim_int.Call(input, source, destination);

    public static Tensor moveaxis(Tensor input, long source, long destination) => Op.movedim_int.Call(input, source, destination);

    public static Tensor bartlett_window(long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finished(Op.bartlett_window_periodic.Call(len, periodic, dtype ?? defaultType, Arg.None, InitializeDevice(device)), requires_grad);

    public static Tensor blackman_window(long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finished(Op.blackman_window_periodic.Call(len, periodic, dtype ?? defaultType, Arg.None, InitializeDevice(device)), requires_grad);

    public static Tensor hamming_window(long len, bool periodic = true, float alpha = 0.54f, float beta = 0.46f, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finished(Op.hamming_window_periodic_alpha_beta.Call(len, periodic, alpha, beta, dtype ?? defaultType, Arg.None, InitializeDevice(device)), requires_grad);

    /// <summary>Counts between equal edges, and the edges.</summary>
    public static (Tensor hist, Tensor bin_edges) histogram(Tensor input, long bins, (double min, double max)? range = null, Tensor? weight = null, bool density = false) =>
        Op.histogram_bin_ct.Call2(input, bins, range is { } ends ? [ends.min, ends.max] : (double[]?)null, weight, density);

    /// <summary>Counts between given edges, and the edges.</summary>
    public static (Tensor hist, Tensor bin_edges) histogram(Tensor input, Tensor bins, Tensor? weight = null, bool density = false) =>
        Op.histogram_bins_tensor.Call2(input, bins, weight, density);

    public static Tensor complex(Tensor real, Tensor imag) => Op.complex.Call(real, imag);

    public static Tensor polar(Tensor abs, Tensor angle) => Op.polar.Call(abs, angle);

    public static Tensor real(Tensor input) => Op.real.Call(input);

    public static Tensor imag(Tensor input) => Op.imag.Call(input);

    public static Tensor view_as_real(Tensor input) => Op.view_as_real.Call(input);

    public static Tensor view_as_complex(Tensor input) => Op.view_as_complex.Call(input);

    public static Tensor adjoint(Tensor input) => Op.adjoint.Call(input);

    public static bool is_conj(Tensor input) => Op.is_conj.CallBool(input);

    public static Tensor negative_(Tensor input) => Op.neg_.InPlace(input, input);

    public static Tensor multiply_(Tensor left, Tensor right) => Op.mul__Tensor.InPlace(left, left, right);

    public static Tensor multiply_(Tensor left, Scalar right) => Op.mul__Scalar.InPlace(left, left, right);

    public static Tensor divide_(Tensor left, Scalar right) => Op.div__Scalar.InPlace(left, left, right);

    public static Tensor norm(Tensor input) => Op.norm_Scalar.Call(input, (Scalar)2.0);

    public static Tensor gather(Tensor input, long dim, Tensor index, bool sparse_grad = false) => Op.gather.Call(input, dim, index, sparse_grad);

    public static Tensor[] unbind(Tensor tensor, int dim = 0) => Op.unbind_int.CallList(tensor, dim);

    public static Tensor take_along_dim(Tensor input, IEnumerable<long> indices, long dim = 0)
    {
        ArgumentNullException.ThrowIfNull(indices);
        using var positions = tensor(indices.ToArray());
        return Op.take_along_dim.Call(input, positions, dim);
    }

    public static Tensor tensordot(Tensor a, Tensor b, long dims = 2)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.tensordot(b, dims);
    }

    public static Tensor tensordot(Tensor a, Tensor b, (long, long)[] dims) =>
        Op.tensordot.Call(a, b, Array.ConvertAll(dims, pair => pair.Item1), Array.ConvertAll(dims, pair => pair.Item2));

    public static Tensor trapz(Tensor y, double dx = 1, long dim = -1) => Op.trapezoid_dx.Call(y, dx, dim);

    public static Tensor trapz(Tensor y, Tensor x, long dim = -1) => Op.trapezoid_x.Call(y, x, dim);

    private static Tensor[] Listed(IEnumerable<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return tensors as Tensor[] ?? [.. tensors];
    }
}
