using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Op.abs.Call(this);

        public Tensor abs_() => Op.abs_.InPlace(this, this);

        public Tensor absolute() => Op.absolute.Call(this);

        public Tensor absolute_() => Op.absolute_.InPlace(this, this);

        public Tensor acos() => Op.acos.Call(this);

        public Tensor acos_() => Op.acos_.InPlace(this, this);

        public Tensor acosh() => Op.acosh.Call(this);

        public Tensor acosh_() => Op.acosh_.InPlace(this, this);

        public Tensor arccos() => Op.arccos.Call(this);

        public Tensor arccos_() => Op.arccos_.InPlace(this, this);

        public Tensor arccosh() => Op.arccosh.Call(this);

        public Tensor arccosh_() => Op.arccosh_.InPlace(this, this);

        public Tensor arcsin() => Op.arcsin.Call(this);

        public Tensor arcsin_() => Op.arcsin_.InPlace(this, this);

        public Tensor arcsinh() => Op.arcsinh.Call(this);

        public Tensor arcsinh_() => Op.arcsinh_.InPlace(this, this);

        public Tensor arctan() => Op.arctan.Call(this);

        public Tensor arctan_() => Op.arctan_.InPlace(this, this);

        public Tensor arctanh() => Op.arctanh.Call(this);

        public Tensor arctanh_() => Op.arctanh_.InPlace(this, this);

        public Tensor asin() => Op.asin.Call(this);

        public Tensor asin_() => Op.asin_.InPlace(this, this);

        public Tensor asinh() => Op.asinh.Call(this);

        public Tensor asinh_() => Op.asinh_.InPlace(this, this);

        public Tensor atan() => Op.atan.Call(this);

        public Tensor atan_() => Op.atan_.InPlace(this, this);

        public Tensor atanh() => Op.atanh.Call(this);

        public Tensor atanh_() => Op.atanh_.InPlace(this, this);

        public Tensor ceil() => Op.ceil.Call(this);

        public Tensor ceil_() => Op.ceil_.InPlace(this, this);

        public Tensor cos() => Op.cos.Call(this);

        public Tensor cos_() => Op.cos_.InPlace(this, this);

        public Tensor cosh() => Op.cosh.Call(this);

        public Tensor cosh_() => Op.cosh_.InPlace(this, this);

        public Tensor deg2rad() => Op.deg2rad.Call(this);

        public Tensor digamma() => Op.digamma.Call(this);

        public Tensor digamma_() => Op.digamma_.InPlace(this, this);

        public Tensor erf() => Op.erf.Call(this);

        public Tensor erf_() => Op.erf_.InPlace(this, this);

        public Tensor erfc() => Op.erfc.Call(this);

        public Tensor erfc_() => Op.erfc_.InPlace(this, this);

        public Tensor erfinv() => Op.erfinv.Call(this);

        public Tensor erfinv_() => Op.erfinv_.InPlace(this, this);

        public Tensor exp() => Op.exp.Call(this);

        public Tensor exp_() => Op.exp_.InPlace(this, this);

        public Tensor exp2() => Op.exp2.Call(this);

        public Tensor expm1() => Op.expm1.Call(this);

        public Tensor expm1_() => Op.expm1_.InPlace(this, this);

        public Tensor fix() => Op.fix.Call(this);

        public Tensor fix_() => Op.fix_.InPlace(this, this);

        public Tensor floor() => Op.floor.Call(this);

        public Tensor floor_() => Op.floor_.InPlace(this, this);

        public Tensor frac() => Op.frac.Call(this);

        public Tensor frac_() => Op.frac_.InPlace(this, this);

        public Tensor lgamma() => Op.lgamma.Call(this);

        public Tensor lgamma_() => Op.lgamma_.InPlace(this, this);

        public Tensor log() => Op.log.Call(this);

        public Tensor log_() => Op.log_.InPlace(this, this);

        public Tensor log10() => Op.log10.Call(this);

        public Tensor log10_() => Op.log10_.InPlace(this, this);

        public Tensor log1p() => Op.log1p.Call(this);

        public Tensor log1p_() => Op.log1p_.InPlace(this, this);

        public Tensor log2() => Op.log2.Call(this);

        public Tensor log2_() => Op.log2_.InPlace(this, this);

        public Tensor neg() => Op.neg.Call(this);

        public Tensor neg_() => Op.neg_.InPlace(this, this);

        public Tensor negative() => Op.negative.Call(this);

        public Tensor rad2deg() => Op.rad2deg.Call(this);

        public Tensor reciprocal() => Op.reciprocal.Call(this);

        public Tensor reciprocal_() => Op.reciprocal_.InPlace(this, this);

        public Tensor relu() => Op.relu.Call(this);

        public Tensor relu_() => Op.relu_.InPlace(this, this);

        public Tensor relu6() => Op.relu6.Call(this);

        public Tensor relu6_() => Op.relu6_.InPlace(this, this);

        public Tensor rsqrt() => Op.rsqrt.Call(this);

        public Tensor rsqrt_() => Op.rsqrt_.InPlace(this, this);

        public Tensor sgn() => Op.sgn.Call(this);

        public Tensor sgn_() => Op.sgn_.InPlace(this, this);

        public Tensor sigmoid() => Op.sigmoid.Call(this);

        public Tensor sigmoid_() => Op.sigmoid_.InPlace(this, this);

        public Tensor sign() => Op.sign.Call(this);

        public Tensor sign_() => Op.sign_.InPlace(this, this);

        public Tensor signbit() => Op.signbit.Call(this);

        public Tensor silu() => Op.silu.Call(this);

        public Tensor silu_() => Op.silu_.InPlace(this, this);

        public Tensor sin() => Op.sin.Call(this);

        public Tensor sin_() => Op.sin_.InPlace(this, this);

        public Tensor sinc() => Op.sinc.Call(this);

        public Tensor sinc_() => Op.sinc_.InPlace(this, this);

        public Tensor sinh() => Op.sinh.Call(this);

        public Tensor sinh_() => Op.sinh_.InPlace(this, this);

        public Tensor sqrt() => Op.sqrt.Call(this);

        public Tensor sqrt_() => Op.sqrt_.InPlace(this, this);

        public Tensor square() => Op.square.Call(this);

        public Tensor tan() => Op.tan.Call(this);

        public Tensor tan_() => Op.tan_.InPlace(this, this);

        public Tensor tanh() => Op.tanh.Call(this);

        public Tensor tanh_() => Op.tanh_.InPlace(this, this);

        public Tensor trunc() => Op.trunc.Call(this);

        public Tensor trunc_() => Op.trunc_.InPlace(this, this);

        public Tensor i0() => Op.i0.Call(this);

        public Tensor isnan() => Op.isnan.Call(this);

        public Tensor isinf() => Op.isinf.Call(this);

        public Tensor isfinite() => Op.isfinite.Call(this);

        public Tensor isposinf() => Op.isposinf.Call(this);

        public Tensor isneginf() => Op.isneginf.Call(this);

        public Tensor isreal() => Op.isreal.Call(this);

        public Tensor bitwise_not() => Op.bitwise_not.Call(this);

        public Tensor bitwise_not_() => Op.bitwise_not_.InPlace(this, this);

        public Tensor logical_not() => Op.logical_not.Call(this);

        public Tensor logical_not_() => Op.logical_not_.InPlace(this, this);

        public Tensor positive() => Op.positive.Call(this);

        public Tensor hardsigmoid() => Op.hardsigmoid.Call(this);

        public Tensor hardsigmoid_() => Op.hardsigmoid_.InPlace(this, this);

        public Tensor hardswish() => Op.hardswish.Call(this);

        public Tensor hardswish_() => Op.hardswish_.InPlace(this, this);

        public Tensor selu() => Op.selu.Call(this);

        public Tensor selu_() => Op.selu_.InPlace(this, this);

        public Tensor gelu() => Op.gelu.Call(this);

        public Tensor gelu_() => Op.gelu_.InPlace(this, this);

        public Tensor log_sigmoid() => Op.log_sigmoid.Call(this);

        public Tensor conj() => Op.conj.Call(this);

        public Tensor angle() => Op.angle.Call(this);

        public Tensor conj_physical() => Op.conj_physical.Call(this);

        public Tensor conj_physical_() => Op.conj_physical_.InPlace(this, this);

        public Tensor resolve_conj() => Op.resolve_conj.Call(this);

        public Tensor resolve_neg() => Op.resolve_neg.Call(this);

        public Tensor round(long decimals = 0) => decimals == 0 ? Op.round.Call(this) : Op.round_decimals.Call(this, decimals);

        public Tensor round_(long decimals = 0) => decimals == 0 ? Op.round_.InPlace(this, this) : Op.round__decimals.InPlace(this, this, decimals);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Op.clamp.Call(this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Op.clamp_Tensor.Call(this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Op.clamp_.InPlace(this, this, min, max);

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Op.clamp__Tensor.InPlace(this, this, min, max);

        public Tensor clamp_max(Scalar max) => Op.clamp_max.Call(this, max);

        public Tensor clamp_max_(Scalar max) => Op.clamp_max_.InPlace(this, this, max);

        public Tensor clamp_min(Scalar min) => Op.clamp_min.Call(this, min);

        public Tensor clamp_min_(Scalar min) => Op.clamp_min_.InPlace(this, this, min);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => Op.clip.Call(this, min, max);

        public Tensor celu() => Op.celu.Call(this);

        public Tensor celu(Scalar alpha) => Op.celu.Call(this, alpha);

        public Tensor celu_() => Op.celu_.InPlace(this, this);

        public Tensor celu_(Scalar alpha) => Op.celu_.InPlace(this, this, alpha);

        public Tensor elu(double alpha = 1) => Op.elu.Call(this, alpha);

        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Op.elu.Call(this, alpha, scale, input_scale);

        public Tensor elu_(double alpha = 1) => Op.elu_.InPlace(this, this, alpha);

        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale) => Op.elu_.InPlace(this, this, alpha, scale, input_scale);

        public Tensor leaky_relu(Scalar negative_slope) => Op.leaky_relu.Call(this, negative_slope);

        public Tensor leaky_relu_(Scalar negative_slope) => Op.leaky_relu_.InPlace(this, this, negative_slope);

        public Tensor hardtanh(Scalar min, Scalar max) => Op.hardtanh.Call(this, min, max);

        public Tensor hardtanh_(Scalar min, Scalar max) => Op.hardtanh_.InPlace(this, this, min, max);

        public Tensor threshold(Scalar threshold, Scalar value) => Op.threshold.Call(this, threshold, value);

        public Tensor threshold_(Scalar threshold, Scalar value) => Op.threshold_.InPlace(this, this, threshold, value);

        public Tensor softplus(double beta = 1, double threshold = 20) => Op.softplus.Call(this, beta, threshold);

        public Tensor glu(long dim = -1) => Op.glu.Call(this, dim);

        public Tensor prelu(Tensor target) => Op.prelu.Call(this, target);

        public Tensor mvlgamma(long p) => Op.mvlgamma.Call(this, p);

        public Tensor mvlgamma_(long p) => Op.mvlgamma_.InPlace(this, this, p);

        public Tensor polygamma(long p) => Op.polygamma.Call(p, this);

        public Tensor polygamma_(long p) => Op.polygamma_.InPlace(this, this, p);

        public Tensor logit(double? eps = null) => Op.logit.Call(this, eps);

        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) => Op.nan_to_num.Call(this, nan, posinf, neginf);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Op.softmax_int.Call(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Op.log_softmax_int.Call(this, dim, dtype);

        public Tensor fill_(Scalar value) => Op.fill__Scalar.InPlace(this, this, value);

        public Tensor zero_() => Op.zero_.InPlace(this, this);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Op.copy_.InPlace(this, this, source, nonBlocking);

        public Tensor where(Tensor condition, Tensor y) => Op.where_self.Call(condition, this, y);

        public Tensor masked_fill(Tensor mask, Scalar value) => Op.masked_fill_Scalar.Call(this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Op.masked_fill__Scalar.InPlace(this, this, mask, value);

        public Tensor heaviside(Tensor other) => Op.heaviside.Call(this, other);

        public Tensor lerp(Tensor end, Tensor weight) => Op.lerp_Tensor.Call(this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => Op.lerp__Tensor.InPlace(this, this, end, weight);

        public (Tensor Mantissa, Tensor Exponent) frexp() => Op.frexp_Tensor.Call2(this);
    }
}
