using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Scalar scalar) => Op.add_Scalar.Call(this, scalar);

        public Tensor add(Scalar scalar, Scalar alpha) => Op.add_Scalar.Call(this, scalar, alpha);

        public Tensor add(Tensor target) => Op.add_Tensor.Call(this, target);

        public Tensor add(Tensor target, Scalar alpha) => Op.add_Tensor.Call(this, target, alpha);

        public Tensor add_(Scalar scalar) => Op.add__Scalar.InPlace(this, this, scalar);

        public Tensor add_(Scalar scalar, Scalar alpha) => Op.add__Scalar.InPlace(this, this, scalar, alpha);

        public Tensor add_(Tensor target) => Op.add__Tensor.InPlace(this, this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Op.add__Tensor.InPlace(this, this, target, alpha);

        public Tensor sub(Scalar target) => Op.sub_Scalar.Call(this, target);

        public Tensor sub(Tensor target) => Op.sub_Tensor.Call(this, target);

        public Tensor sub_(Scalar target) => Op.sub__Scalar.InPlace(this, this, target);

        public Tensor sub_(Tensor target) => Op.sub__Tensor.InPlace(this, this, target);

        public Tensor subtract(Scalar target) => Op.subtract_Scalar.Call(this, target);

        public Tensor subtract(Tensor target) => Op.subtract_Tensor.Call(this, target);

        public Tensor subtract_(Scalar target) => Op.subtract__Scalar.InPlace(this, this, target);

        public Tensor subtract_(Tensor target) => Op.subtract__Tensor.InPlace(this, this, target);

        public Tensor mul(Scalar target) => Op.mul_Scalar.Call(this, target);

        public Tensor mul(Tensor target) => Op.mul_Tensor.Call(this, target);

        public Tensor mul_(Scalar target) => Op.mul__Scalar.InPlace(this, this, target);

        public Tensor mul_(Tensor target) => Op.mul__Tensor.InPlace(this, this, target);

        public Tensor multiply(Scalar target) => Op.multiply_Scalar.Call(this, target);

        public Tensor multiply(Tensor target) => Op.multiply_Tensor.Call(this, target);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Op.div_Scalar.Call(this, target) : Op.div_Scalar_mode.Call(this, target, Text(rounding_mode));

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Op.div_Tensor.Call(this, target) : Op.div_Tensor_mode.Call(this, target, Text(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Op.div__Scalar.InPlace(this, this, target) : Op.div__Scalar_mode.InPlace(this, this, target, Text(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None ? Op.div__Tensor.InPlace(this, this, target) : Op.div__Tensor_mode.InPlace(this, this, target, Text(rounding_mode));

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor true_divide(Scalar other) => Op.true_divide_Scalar.Call(this, other);

        public Tensor true_divide(Tensor other) => Op.true_divide_Tensor.Call(this, other);

        public Tensor true_divide_(Scalar other) => Op.true_divide__Scalar.InPlace(this, this, other);

        public Tensor true_divide_(Tensor other) => Op.true_divide__Tensor.InPlace(this, this, other);

        public Tensor floor_divide(Scalar other) => Op.floor_divide_Scalar.Call(this, other);

        public Tensor floor_divide(Tensor other) => Op.floor_divide.Call(this, other);

        public Tensor floor_divide_(Scalar other) => Op.floor_divide__Scalar.InPlace(this, this, other);

        public Tensor floor_divide_(Tensor other) => Op.floor_divide__Tensor.InPlace(this, this, other);

        public Tensor remainder(Scalar scalar) => Op.remainder_Scalar.Call(this, scalar);

        public Tensor remainder(Tensor target) => Op.remainder_Tensor.Call(this, target);

        public Tensor remainder_(Scalar scalar) => Op.remainder__Scalar.InPlace(this, this, scalar);

        public Tensor remainder_(Tensor target) => Op.remainder__Tensor.InPlace(this, this, target);

        public Tensor fmod(Scalar scalar) => Op.fmod_Scalar.Call(this, scalar);

        public Tensor fmod(Tensor target) => Op.fmod_Tensor.Call(this, target);

        public Tensor fmod_(Scalar scalar) => Op.fmod__Scalar.InPlace(this, this, scalar);

        public Tensor fmod_(Tensor target) => Op.fmod__Tensor.InPlace(this, this, target);

        public Tensor pow(Scalar exponent) => Op.pow_Tensor_Scalar.Call(this, exponent);

        public Tensor pow(Tensor exponent) => Op.pow_Tensor_Tensor.Call(this, exponent);

        public Tensor pow_(Scalar exponent) => Op.pow__Scalar.InPlace(this, this, exponent);

        public Tensor pow_(Tensor exponent) => Op.pow__Tensor.InPlace(this, this, exponent);

        public Tensor float_power(Tensor target) => Op.float_power_Tensor_Tensor.Call(this, target);

        public Tensor maximum(Tensor other) => Op.maximum.Call(this, other);

        public Tensor minimum(Tensor other) => Op.minimum.Call(this, other);

        public Tensor max(Tensor other) => Op.max_other.Call(this, other);

        public Tensor min(Tensor other) => Op.min_other.Call(this, other);

        public Tensor fmax(Tensor other) => Op.fmax.Call(this, other);

        public Tensor fmin(Tensor other) => Op.fmin.Call(this, other);

        public Tensor atan2(Tensor other) => Op.atan2.Call(this, other);

        public Tensor atan2_(Tensor other) => Op.atan2_.InPlace(this, this, other);

        public Tensor arctan2(Tensor other) => Op.arctan2.Call(this, other);

        public Tensor arctan2_(Tensor other) => Op.arctan2_.InPlace(this, this, other);

        public Tensor arctan(Tensor other) => Op.arctan2.Call(this, other);

        public Tensor arctan_(Tensor other) => Op.arctan2_.InPlace(this, this, other);

        public Tensor hypot(Tensor other) => Op.hypot.Call(this, other);

        public Tensor copysign(Tensor other) => Op.copysign_Tensor.Call(this, other);

        public Tensor xlogy(Tensor y) => Op.xlogy_Tensor.Call(this, y);

        public Tensor xlogy(Scalar y) => Op.xlogy_Scalar_Other.Call(this, y);

        public Tensor xlogy_(Tensor y) => Op.xlogy__Tensor.InPlace(this, this, y);

        public Tensor xlogy_(Scalar y) => Op.xlogy__Scalar_Other.InPlace(this, this, y);

        public Tensor logaddexp(Tensor other) => Op.logaddexp.Call(this, other);

        public Tensor logaddexp2(Tensor other) => Op.logaddexp2.Call(this, other);

        public Tensor nextafter(Tensor other) => Op.nextafter.Call(this, other);

        public Tensor ldexp(Tensor other) => Op.ldexp_Tensor.Call(this, other);

        public Tensor ldexp_(Tensor other) => Op.ldexp_.InPlace(this, this, other);

        public Tensor gcd(Tensor other) => Op.gcd.Call(this, other);

        public Tensor gcd_(Tensor other) => Op.gcd_.InPlace(this, this, other);

        public Tensor lcm(Tensor other) => Op.lcm.Call(this, other);

        public Tensor lcm_(Tensor other) => Op.lcm_.InPlace(this, this, other);

        public Tensor igamma(Tensor other) => Op.igamma.Call(this, other);

        public Tensor igammac(Tensor other) => Op.igammac.Call(this, other);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Op.addcdiv.Call(this, tensor1, tensor2);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Op.addcdiv.Call(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Op.addcdiv_.InPlace(this, this, tensor1, tensor2);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.addcdiv_.InPlace(this, this, tensor1, tensor2, value);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Op.addcmul.Call(this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Op.addcmul_.InPlace(this, this, tensor1, tensor2, value);

        public Tensor dist(Tensor other, float p = 2) => Op.dist.Call(this, other, p);
    }
}
