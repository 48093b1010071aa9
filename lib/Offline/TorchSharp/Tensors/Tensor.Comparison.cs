using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Scalar target) => Op.eq_Scalar.Call(this, target);

        public Tensor eq(Tensor target) => Op.eq_Tensor.Call(this, target);

        public Tensor eq_(Scalar target) => Op.eq__Scalar.InPlace(this, this, target);

        public Tensor eq_(Tensor target) => Op.eq__Tensor.InPlace(this, this, target);

        public Tensor ne(Scalar target) => Op.ne_Scalar.Call(this, target);

        public Tensor ne(Tensor target) => Op.ne_Tensor.Call(this, target);

        public Tensor ne_(Scalar target) => Op.ne__Scalar.InPlace(this, this, target);

        public Tensor ne_(Tensor target) => Op.ne__Tensor.InPlace(this, this, target);

        public Tensor lt(Scalar target) => Op.lt_Scalar.Call(this, target);

        public Tensor lt(Tensor target) => Op.lt_Tensor.Call(this, target);

        public Tensor lt_(Scalar target) => Op.lt__Scalar.InPlace(this, this, target);

        public Tensor lt_(Tensor target) => Op.lt__Tensor.InPlace(this, this, target);

        public Tensor le(Scalar target) => Op.le_Scalar.Call(this, target);

        public Tensor le(Tensor target) => Op.le_Tensor.Call(this, target);

        public Tensor le_(Scalar target) => Op.le__Scalar.InPlace(this, this, target);

        public Tensor le_(Tensor target) => Op.le__Tensor.InPlace(this, this, target);

        public Tensor gt(Scalar target) => Op.gt_Scalar.Call(this, target);

        public Tensor gt(Tensor target) => Op.gt_Tensor.Call(this, target);

        public Tensor gt_(Scalar target) => Op.gt__Scalar.InPlace(this, this, target);

        public Tensor gt_(Tensor target) => Op.gt__Tensor.InPlace(this, this, target);

        public Tensor ge(Scalar target) => Op.ge_Scalar.Call(this, target);

        public Tensor ge(Tensor target) => Op.ge_Tensor.Call(this, target);

        public Tensor ge_(Scalar target) => Op.ge__Scalar.InPlace(this, this, target);

        public Tensor ge_(Tensor target) => Op.ge__Tensor.InPlace(this, this, target);

        public Tensor equal(Tensor target) => eq(target);

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor not_equal_(Tensor target) => ne_(target);

        public Tensor less(Tensor target) => lt(target);

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor less_equal_(Tensor target) => le_(target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor logical_and(Tensor other) => Op.logical_and.Call(this, other);

        public Tensor logical_and_(Tensor other) => Op.logical_and_.InPlace(this, this, other);

        public Tensor logical_or(Tensor other) => Op.logical_or.Call(this, other);

        public Tensor logical_or_(Tensor other) => Op.logical_or_.InPlace(this, this, other);

        public Tensor logical_xor(Tensor other) => Op.logical_xor.Call(this, other);

        public Tensor logical_xor_(Tensor other) => Op.logical_xor_.InPlace(this, this, other);

        public Tensor bitwise_and(Tensor other) => Op.bitwise_and_Tensor.Call(this, other);

        public Tensor bitwise_and_(Tensor other) => Op.bitwise_and__Tensor.InPlace(this, this, other);

        public Tensor bitwise_or(Tensor other) => Op.bitwise_or_Tensor.Call(this, other);

        public Tensor bitwise_or_(Tensor other) => Op.bitwise_or__Tensor.InPlace(this, this, other);

        public Tensor bitwise_xor(Tensor other) => Op.bitwise_xor_Tensor.Call(this, other);

        public Tensor bitwise_xor_(Tensor other) => Op.bitwise_xor__Tensor.InPlace(this, this, other);

        public Tensor bitwise_left_shift(Tensor other) => Op.bitwise_left_shift_Tensor.Call(this, other);

        public Tensor bitwise_left_shift_(Tensor other) => Op.bitwise_left_shift__Tensor.InPlace(this, this, other);

        public Tensor bitwise_right_shift(Tensor other) => Op.bitwise_right_shift_Tensor.Call(this, other);

        public Tensor bitwise_right_shift_(Tensor other) => Op.bitwise_right_shift__Tensor.InPlace(this, this, other);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) => Op.isclose.Call(this, other, rtol, atol, nanEqual);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) => Op.allclose.CallBool(this, target, rtol, atol, equal_nan);

        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) => Op.isin_Tensor_Tensor.Call(this, test_elements, assumeUnique, invert);

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) => Op.bucketize_Tensor.Call(this, boundaries, outInt32, right);
    }
}
