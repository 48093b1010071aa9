namespace TorchSharp;

public static partial class torch
{
    /// <summary>One index of a tensor: a number, a slice, a mask, a tensor of positions, a new axis, or "the rest".</summary>
    public struct TensorIndex
    {
        public static readonly TensorIndex Ellipsis = new() { What = Case.Ellipsis };
        public static readonly TensorIndex None = new() { What = Case.NewAxis };
        public static readonly TensorIndex Null = new() { What = Case.NewAxis };
        public static readonly TensorIndex Colon = Slice();

        internal enum Case
        {
            NewAxis,
            Single,
            Slice,
            Bool,
            Tensor,
            Ellipsis,
        }

        internal Case What { get; private init; }

        internal long? Start { get; private init; }

        internal long? Stop { get; private init; }

        internal long? Step { get; private init; }

        internal bool Flag { get; private init; }

        internal Tensor? Positions { get; private init; }

        public static TensorIndex Bool(bool value) => new() { What = Case.Bool, Flag = value };

        public static TensorIndex Single(long? index) => index is null ? None : new() { What = Case.Single, Start = index };

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new() { What = Case.Slice, Start = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int?, int?) range) => Slice(range.Item1, range.Item2);

        public static TensorIndex Slice(Range range) => Slice(FromStart(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? null : FromStart(range.End));

        public static TensorIndex Tensor(Tensor tensor) => new() { What = Case.Tensor, Positions = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Index index) => Single(FromStart(index));

        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator Tensor(TensorIndex value) => value.What switch
        {
            Case.Single => tensor(value.Start!.Value),
            Case.Bool => tensor(value.Flag),
            Case.Tensor => value.Positions!,
            _ => throw new InvalidCastException("A slice, a new axis and the ellipsis are not tensors."),
        };

        private static long FromStart(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
