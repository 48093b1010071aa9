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

    private static Tensor[] Listed(IEnumerable<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return tensors as Tensor[] ?? [.. tensors];
    }
}
