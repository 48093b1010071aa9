using System.Runtime.CompilerServices;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => At(indices);
            set => SetAt(indices, value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => SetAt([i1], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => At([i1, i2]);
            set => SetAt([i1, i2], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => At([i1, i2, i3]);
            set => SetAt([i1, i2, i3], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => At([i1, i2, i3, i4]);
            set => SetAt([i1, i2, i3, i4], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => At([i1, i2, i3, i4, i5]);
            set => SetAt([i1, i2, i3, i4, i5], value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => At([i1, i2, i3, i4, i5, i6]);
            set => SetAt([i1, i2, i3, i4, i5, i6], value);
        }

        /// <summary>Numbers, slices and new axes give a view; tensors and masks give a copy.</summary>
        public Tensor index(params TensorIndex[] indices) => WrappedTensorDisposeScope(() =>
        {
            var (view, positions) = Prepare(indices);
            return positions is null ? view : Op.index_Tensor.Call(view, Arg.Optional(positions));
        });

        public Tensor index(params Tensor[] indices) => Op.index_Tensor.Call(this, Arg.Optional(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, accumulate: false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using var scope = NewDisposeScope();
            var (view, positions) = Prepare(indices);
            if (positions is not null)
            {
                Op.index_put_.InPlace(view, view, Arg.Optional(positions), value, accumulate);
            }
            else if (accumulate)
            {
                view.add_(value);
            }
            else
            {
                view.copy_(value);
            }

            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, accumulate: false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            Op.index_put_.InPlace(this, this, Arg.Optional(indices), value, accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var number = full([], value, dtype, device).DetachFromDisposeScope();
            return index_put_(number, indices, accumulate: false);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var number = full([], value, dtype, device).DetachFromDisposeScope();
            return index_put_(number, indices, accumulate: false);
        }

        private Tensor At(long[] indices) => WrappedTensorDisposeScope(() => indices.Aggregate(this, (tensor, index) => tensor.select(0, index)));

        private void SetAt(long[] indices, Tensor value)
        {
            using var scope = NewDisposeScope();
            indices.Aggregate(this, (tensor, index) => tensor.select(0, index)).copy_(value);
        }

        /// <summary>The view that numbers, slices and new axes make, and where in it the tensors and masks apply; null when there are none.</summary>
        private (Tensor View, Tensor?[]? Positions) Prepare(TensorIndex[] indices)
        {
            var view = alias();
            var positions = new List<Tensor?>();
            var axis = 0;
            var covered = 0;
            var rest = (int)ndim - indices.Sum(AxesOf);
            foreach (var index in indices)
            {
                switch (index.What)
                {
                    case TensorIndex.Case.Single:
                        view = view.select(axis, index.Start!.Value);
                        break;
                    case TensorIndex.Case.Slice:
                        view = Op.slice_Tensor.Call(view, axis++, index.Start, index.Stop, index.Step ?? 1);
                        break;
                    case TensorIndex.Case.NewAxis:
                        view = view.unsqueeze(axis++);
                        break;
                    case TensorIndex.Case.Ellipsis:
                        axis += Math.Max(rest, 0);
                        break;
                    case TensorIndex.Case.Bool:
                        view = view.unsqueeze(axis);
                        Place(full([1], index.Flag, ScalarType.Bool, device), 1);
                        break;
                    default:
                        if (AxesOf(index) == 0)
                        {
                            view = view.unsqueeze(axis);
                            Place(index.Positions!.reshape(1), 1);
                        }
                        else
                        {
                            Place(index.Positions!, AxesOf(index));
                        }

                        break;
                }
            }

            return (view, positions.Count == 0 ? null : [.. positions]);

            // A mask over several axes is one entry that stands for as many axes.
            void Place(Tensor tensor, int axes)
            {
                for (; covered < axis; covered++)
                {
                    positions.Add(null);
                }

                positions.Add(tensor);
                covered += axes;
                axis += axes;
            }
        }

        private static int AxesOf(TensorIndex index) => index.What switch
        {
            TensorIndex.Case.Single or TensorIndex.Case.Slice => 1,
            TensorIndex.Case.Tensor => index.Positions!.dtype is ScalarType.Bool or ScalarType.Byte ? (int)index.Positions.ndim : 1,
            _ => 0,
        };
    }
}
