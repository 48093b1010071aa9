using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor view(params long[] shape) => Op.view.Call(this, shape);

        public Tensor view_as(Tensor other) => view(Required(other).shape);

        public Tensor reshape(params long[] shape) => Op.reshape.Call(this, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Op.flatten_using_ints.Call(this, start_dim, end_dim);

        public Tensor unflatten(long dim, params long[] sizes) => Op.unflatten_int.Call(this, dim, sizes);

        public Tensor ravel() => Op.ravel.Call(this);

        public Tensor permute(params long[] permutation) => Op.permute.Call(this, permutation);

        public Tensor permute(IEnumerable<long> permutation) => permute([.. permutation]);

        public Tensor transpose(long dim0, long dim1) => Op.transpose_int.Call(this, dim0, dim1);

        public Tensor transpose_(long dim0, long dim1) => Op.transpose_.InPlace(this, this, dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => Op.swapaxes.Call(this, dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => Op.swapdims.Call(this, dim0, dim1);

        public Tensor t() => Op.t.Call(this);

        public Tensor unsqueeze(long dim) => Op.unsqueeze.Call(this, dim);

        public Tensor unsqueeze_(long dim) => Op.unsqueeze_.InPlace(this, this, dim);

        public Tensor squeeze(long? dim = null) => dim is { } axis ? Op.squeeze_dim.Call(this, axis) : Op.squeeze.Call(this);

        public Tensor squeeze_(long? dim = null) => dim is { } axis ? Op.squeeze__dim.InPlace(this, this, axis) : Op.squeeze_.InPlace(this, this);

        public Tensor expand(params long[] sizes) => Op.expand.Call(this, sizes);

        public Tensor expand(long[] sizes, bool isImplicit = false) => Op.expand.Call(this, sizes, isImplicit);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Op.expand.Call(this, sizes, isImplicit);

        public Tensor expand_as(Tensor other) => Op.expand_as.Call(this, other);

        public Tensor broadcast_to(params long[] shape) => Op.broadcast_to.Call(this, shape);

        public Tensor narrow(long dim, long start, long length) => Op.narrow.Call(this, dim, start, length);

        public Tensor slice(long dim, long start, long finish, long step) => Op.slice_Tensor.Call(this, dim, start, finish, step);

        public Tensor select(long dim, long index) => Op.select_int.Call(this, dim, index);

        public Tensor[] chunk(long chunks, long dim = 0) => Op.chunk.CallList(this, chunks, dim);

        public Tensor[] split(long size, int dim = 0) => Op.split_Tensor.CallList(this, size, dim);

        public Tensor[] split(long[] sizes, long dim = 0) => Op.split_with_sizes.CallList(this, sizes, dim);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Op.split_with_sizes.CallList(this, sizes, dim);

        public Tensor[] split(params long[] sizes) => Op.split_with_sizes.CallList(this, sizes);

        public Tensor[] tensor_split(long size, long dim = 0) => Op.tensor_split_sections.CallList(this, size, dim);

        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Op.tensor_split_indices.CallList(this, sizes, dim);

        public Tensor[] tensor_split(Tensor indices, long dim = 0) => Op.tensor_split_tensor_indices_or_sections.CallList(this, indices, dim);

        public Tensor[] hsplit(long size) => Op.hsplit_int.CallList(this, size);

        public Tensor[] hsplit(params long[] sizes) => Op.hsplit_array.CallList(this, sizes);

        public Tensor[] vsplit(long size) => Op.vsplit_int.CallList(this, size);

        public Tensor[] vsplit(params long[] sizes) => Op.vsplit_array.CallList(this, sizes);

        public Tensor[] dsplit(long size) => Op.dsplit_int.CallList(this, size);

        public Tensor[] dsplit(params long[] sizes) => Op.dsplit_array.CallList(this, sizes);

        public Tensor[] unbind(long dimension = 0) => Op.unbind_int.CallList(this, dimension);

        public Tensor moveaxis(long[] source, long[] destination) => Op.moveaxis_intlist.Call(this, source, destination);

        public Tensor movedim(long[] source, long[] destination) => Op.movedim_intlist.Call(this, source, destination);

        public Tensor flip(params long[] dims) => Op.flip.Call(this, dims);

        public Tensor fliplr() => Op.fliplr.Call(this);

        public Tensor flipud() => Op.flipud.Call(this);

        public Tensor roll(long shifts, long? dims = null) => Op.roll.Call(this, new[] { shifts }, dims is { } axis ? [axis] : Array.Empty<long>());

        public Tensor roll(long[] shifts) => Op.roll.Call(this, shifts);

        public Tensor roll(long[] shifts, long[] dims) => Op.roll.Call(this, shifts, dims);

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => Op.roll.Call(this, shifts, dims);

        public Tensor roll((long, long) shifts, (long, long) dims) => roll([shifts.Item1, shifts.Item2], [dims.Item1, dims.Item2]);

        public Tensor roll((long, long, long) shifts, (long, long, long) dims) => roll([shifts.Item1, shifts.Item2, shifts.Item3], [dims.Item1, dims.Item2, dims.Item3]);

        public Tensor rot90(long k = 1, (long, long)? dims = null) => Op.rot90.Call(this, k, dims is { } plane ? [plane.Item1, plane.Item2] : new long[] { 0, 1 });

        public Tensor repeat(params long[] sizes) => Op.repeat.Call(this, sizes);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) => Op.repeat_interleave_self_int.Call(this, repeats, dim, output_size);

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) => Op.repeat_interleave_self_Tensor.Call(this, repeats, dim, output_size);

        public Tensor tile(long[] reps) => Op.tile.Call(this, reps);

        public Tensor contiguous() => Op.contiguous.Call(this);

        public Tensor clone() => Op.clone.Call(this);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Op.as_strided.Call(this, size, strides, storageOffset);

        public Tensor unfold(long dimension, long size, long step) => Op.unfold.Call(this, dimension, size, step);

        public Tensor diag(long diagonal = 0) => Op.diag.Call(this, diagonal);

        public Tensor diagflat(long offset = 0) => Op.diagflat.Call(this, offset);

        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Op.diag_embed.Call(this, offset, dim1, dim2);

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Op.diagonal.Call(this, offset, dim1, dim2);

        public Tensor tril(long diagonal = 0) => Op.tril.Call(this, diagonal);

        public Tensor tril_(long diagonal = 0) => Op.tril_.InPlace(this, this, diagonal);

        public Tensor triu(long diagonal = 0) => Op.triu.Call(this, diagonal);

        public Tensor triu_(long diagonal = 0) => Op.triu_.InPlace(this, this, diagonal);

        public Tensor atleast_1d() => Op.atleast_1d.Call(this);

        public Tensor atleast_2d() => Op.atleast_2d.Call(this);

        public Tensor atleast_3d() => Op.atleast_3d.Call(this);

        public Tensor channel_shuffle(long groups) => Op.channel_shuffle.Call(this, groups);

        public Tensor index_select(long dim, Tensor index) => Op.index_select.Call(this, dim, index);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Op.index_add.Call(this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => Op.index_add_.InPlace(this, this, dim, index, source, alpha);

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Op.index_copy.Call(this, dim, index, source);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Op.index_copy_.InPlace(this, this, dim, index, source);

        public Tensor index_fill(long dim, Tensor index, Scalar value) => Op.index_fill_int_Scalar.Call(this, dim, index, value);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Op.index_fill__int_Scalar.InPlace(this, this, dim, index, value);

        public Tensor gather(long dim, Tensor index) => Op.gather.Call(this, dim, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Op.scatter_src.Call(this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Op.scatter__src.InPlace(this, this, dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Op.scatter_add.Call(this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Op.scatter_add_.InPlace(this, this, dim, index, src);

        public Tensor select_scatter(Tensor src, long dim, long index) => Op.select_scatter.Call(this, src, dim, index);

        public Tensor slice_scatter(Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1) => Op.slice_scatter.Call(this, src, dim, start, end, step);

        public Tensor diagonal_scatter(Tensor src, long offset = 0, long dim1 = 0, long dim2 = 1) => Op.diagonal_scatter.Call(this, src, offset, dim1, dim2);

        public Tensor masked_select(Tensor mask) => Op.masked_select.Call(this, mask);

        public Tensor masked_scatter(Tensor mask, Tensor value) => Op.masked_scatter.Call(this, mask, value);

        public Tensor masked_scatter_(Tensor mask, Tensor value) => Op.masked_scatter_.InPlace(this, this, mask, value);

        public Tensor take(Tensor index) => Op.take.Call(this, index);

        public Tensor take_along_dim(Tensor indices) => Op.take_along_dim.Call(this, indices);

        public Tensor take_along_dim(Tensor indices, long dim) => Op.take_along_dim.Call(this, indices, dim);

        public Tensor nonzero() => Op.nonzero.Call(this);

        public Tensor argwhere() => Op.argwhere.Call(this);

        public Tensor set_(Tensor source) => Op.set__source_Tensor.InPlace(this, this, source);
    }
}
