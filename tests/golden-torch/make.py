"""Values and gradients that PyTorch gives for the operators of tensors.

    /usr/bin/python3 make.py

writes one tensor_*.json a group beside this file. A case names a method, its arguments in C#'s order and what came out:
{"method", "args", "outputs", "gradients"}, where the first argument is the tensor itself ("of": "torch" marks functions that no tensor has).
An argument is one of {"tensor": ...}, {"tensors": [...]}, {"scalar": x}, {"long": n}, {"longs": [...]}, {"int": n}, {"double": x}, {"float": x}, {"bool": b},
{"string": s}, {"type": name}, {"rounding": name}, {"none": "Tensor"}, {"index": [...]} with {"at": n}, {"slice": [start, stop, step]}, {"rest": true},
{"new": true}, {"flag": b} and {"positions": tensor} in it. A tensor is {"type", "shape", "values"}, row by row; what is not finite is written as text.
The gradients, of the arguments that are floating-point tensors, are those of the sum over outputs of sum(output * cos(0, 1, 2, ...)).
Random functions are called with torch.manual_seed(5).
"""
import json
import math
import os

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
torch.set_num_threads(1)

NAMES = {torch.float32: "Float32", torch.float64: "Float64", torch.float16: "Float16", torch.bfloat16: "BFloat16", torch.int64: "Int64", torch.int32: "Int32",
         torch.int16: "Int16", torch.int8: "Int8", torch.uint8: "Byte", torch.bool: "Bool", torch.complex64: "ComplexFloat32", torch.complex128: "ComplexFloat64"}


def number(value):
    if isinstance(value, complex):
        return [number(value.real), number(value.imag)]
    return value if not isinstance(value, float) or math.isfinite(value) else str(value)


def tensor(t):
    t = t.detach().resolve_conj().resolve_neg().clone()
    return {"type": NAMES[t.dtype], "shape": list(t.shape), "values": [number(v) for v in t.reshape(-1).tolist()]}


class Tagged:
    """An argument of a C# type that Python's own values do not tell."""

    def __init__(self, tag, value):
        self.tag, self.value = tag, value


def S(value): return Tagged("scalar", value)
def I(value): return Tagged("int", value)
def Fl(value): return Tagged("float", value)
def D(value): return Tagged("double", value)
def Type(value): return Tagged("type", value)
def Round(value): return Tagged("rounding", value)
def Nothing(what="Tensor"): return Tagged("none", what)


def written_index(i):
    if isinstance(i, bool): return {"flag": i}
    if isinstance(i, int): return {"at": i}
    if isinstance(i, slice): return {"slice": [i.start, i.stop, i.step]}
    if isinstance(i, torch.Tensor): return {"positions": tensor(i)}
    return {"new": True} if i is None else {"rest": True}


def written(a):
    if isinstance(a, Tagged) and a.tag == "index":
        return {"index": [written_index(i) for i in a.value]}
    if isinstance(a, Tagged):
        return {a.tag: NAMES[a.value] if a.tag == "type" else "None" if a.value is None else a.value}
    if isinstance(a, torch.Tensor): return {"tensor": tensor(a)}
    if isinstance(a, bool): return {"bool": a}
    if isinstance(a, int): return {"long": a}
    if isinstance(a, float): return {"double": a}
    if isinstance(a, str): return {"string": a}
    if isinstance(a, (list, tuple)) and all(isinstance(x, torch.Tensor) for x in a): return {"tensors": [tensor(x) for x in a]}
    return {"longs": list(a)}


def plain(a):
    if isinstance(a, Tagged):
        return None if a.tag == "none" else a.value
    return a


class Group:
    def __init__(self, name):
        self.name, self.cases = name, []

    def add(self, method, *args, py=None, of="tensor", gradients=True, tolerance=None):
        """py computes the result from the plain arguments; without it the method of the same name does."""
        leaves = [a.clone().requires_grad_() if gradients and isinstance(a, torch.Tensor) and a.is_floating_point() else a for a in args]
        given = [plain(a) for a in leaves]
        in_place = method.endswith("_")
        if in_place:
            given[0] = given[0].clone()
        torch.manual_seed(5)
        function = py or (lambda *a: getattr(a[0], method)(*a[1:]) if hasattr(a[0], method) else getattr(torch, method)(*a))
        result = function(*given)
        if in_place and py is None:
            result = given[0]
        outputs = list(result) if isinstance(result, (list, tuple)) else [result]
        case = {"method": method, "args": [written(a) for a in args], "outputs": [tensor(o) if isinstance(o, torch.Tensor) else o for o in outputs]}
        if of != "tensor":
            case["of"] = of
        if tolerance:
            case["tolerance"] = tolerance
        total = sum((o * torch.cos(torch.arange(o.numel(), dtype=torch.float64)).to(o.dtype).reshape(o.shape)).sum()
                    for o in outputs if isinstance(o, torch.Tensor) and o.requires_grad)
        if isinstance(total, torch.Tensor):
            wanted = [a for a in leaves if isinstance(a, torch.Tensor) and a.requires_grad]
            try:
                found = torch.autograd.grad(total, wanted, allow_unused=True)
                case["gradients"] = [None if gradient is None else tensor(gradient) for gradient in found]
            except RuntimeError as error:  # asinh_ and its like have no derivative
                if "not implemented" not in str(error):
                    raise
        self.cases.append(case)

    def write(self):
        content = {"kind": "tensor_operators", "computed_with": "torch " + torch.__version__, "cases": self.cases}
        with open(os.path.join(HERE, f"tensor_{self.name}.json"), "w") as file:
            json.dump(content, file, separators=(",", ":"))
            file.write("\n")
        print(self.name, len(self.cases))


def randn(*shape):
    """Short numbers, so that the files are short and still exact."""
    return torch.randn(*shape, dtype=torch.float64).mul(8).round().div(8).add(1 / 64)


def between(low, high, *shape):
    return torch.rand(*shape, dtype=torch.float64).mul(high - low).add(low).mul(64).round().div(64)


def whole(low, high, *shape):
    return torch.randint(low, high, shape)


ANY, POSITIVE, UNIT, ABOVE_ONE = (-3, 3), (.2, 4), (-.9, .9), (1.1, 3)


def elementwise():
    g = Group("elementwise")
    domains = {ANY: "abs absolute atan arctan asinh arcsinh ceil cos cosh deg2rad erf erfc exp exp2 expm1 fix floor frac neg negative rad2deg relu relu6 sgn sigmoid sign signbit "
                    "silu sin sinc sinh square tan tanh trunc i0 isnan isinf isfinite isposinf isneginf isreal logical_not positive hardsigmoid hardswish selu gelu log_sigmoid "
                    "conj angle conj_physical resolve_conj resolve_neg round celu elu",
               POSITIVE: "digamma lgamma log log10 log1p log2 reciprocal rsqrt sqrt", UNIT: "acos arccos asin arcsin atanh arctanh erfinv", ABOVE_ONE: "acosh arccosh"}
    from torch.nn import functional as F
    only_functions = {"relu6": F.relu6, "silu": F.silu, "hardsigmoid": F.hardsigmoid, "hardswish": F.hardswish, "selu": F.selu, "gelu": F.gelu, "log_sigmoid": F.logsigmoid,
                      "celu": F.celu, "elu": F.elu}
    in_place = {"relu6_": F.relu6, "silu_": F.silu, "hardsigmoid_": F.hardsigmoid, "hardswish_": F.hardswish, "selu_": F.selu, "gelu_": F.gelu, "celu_": F.celu, "elu_": F.elu}
    no_twin = "i0 isnan isinf isfinite isposinf isneginf isreal positive angle conj resolve_conj resolve_neg signbit exp2 log_sigmoid square negative deg2rad rad2deg conj".split()
    for (low, high), names in domains.items():
        for name in names.split():
            g.add(name, between(low, high, 2, 3), py=only_functions.get(name))
            if name not in no_twin:
                g.add(name + "_", between(low, high, 2, 3), py=in_place.get(name + "_"))
    special = torch.tensor([0., 1, math.nan, math.inf, -math.inf])
    for name in "isnan isinf isfinite isposinf isneginf sign".split():
        g.add(name, special, gradients=False)
    g.add("bitwise_not", whole(-9, 9, 5))
    g.add("bitwise_not_", whole(-9, 9, 5))
    g.add("angle", torch.tensor([1 + 2j, -1j]), gradients=False)
    g.add("conj", torch.tensor([1 + 2j, -1j]), gradients=False)
    x = between(-3, 3, 2, 4)
    g.add("round", x, 1, py=lambda t, d: t.round(decimals=d))
    g.add("round_", x, 1, py=lambda t, d: t.round(decimals=d))
    for twin in ("", "_"):
        g.add("clamp" + twin, x, S(-.5), S(1.5))
        g.add("clamp" + twin, x, Nothing("Scalar"), S(1))
        g.add("clamp" + twin, x, randn(2, 4) - 1, randn(2, 4) + 1)
        g.add("clamp_max" + twin, x, S(.75))
        g.add("clamp_min" + twin, x, S(.75))
        g.add("celu" + twin, x, S(1.5), py=lambda t, a: F.celu(t, a))
        g.add("elu" + twin, x, D(.5), py=lambda t, a: F.elu(t, a))
        g.add("elu" + twin, x, S(.5), S(2.), S(1.5), py=lambda t, a, s, i: torch.ops.aten.elu(t, a, s, i))
        g.add("leaky_relu" + twin, x, S(.2), py=lambda t, s: F.leaky_relu(t, s))
        g.add("hardtanh" + twin, x, S(-.5), S(.75), py=lambda t, a, b: F.hardtanh(t, a, b))
        g.add("threshold" + twin, x, S(.5), S(-2), py=lambda t, a, b: F.threshold(t, a, b))
        g.add("mvlgamma" + twin, between(3, 5, 3), 2)
        g.add("polygamma" + twin, between(1, 5, 3), 1, py=lambda t, n: torch.polygamma(n, t))
        g.add("masked_fill" + twin, x, x > 0, S(9))
        g.add("lerp" + twin, x, randn(2, 4), between(0, 1, 2, 4))
    g.add("clip", x, S(-.5), S(1.5))
    g.add("softplus", x, D(1.), D(20.), py=lambda t, b, h: F.softplus(t, b, h))
    g.add("glu", x, 1, py=lambda t, d: F.glu(t, d))
    g.add("prelu", randn(2, 3, 2), torch.tensor([.1, .2, .3], dtype=torch.float64))
    g.add("logit", between(.1, .9, 4), D(1e-6))
    g.add("nan_to_num", special, D(7.), D(8.), D(-8.))
    g.add("softmax", x, 1)
    g.add("softmax", x, 0, Type(torch.float32), py=lambda t, d, k: t.softmax(d, dtype=k))
    g.add("log_softmax", x, 1)
    g.add("fill_", x, S(2.5))
    g.add("zero_", x)
    g.add("copy_", x, randn(4))
    g.add("where", x, x > 0, randn(2, 4), py=lambda t, c, y: torch.where(c, t, y))
    g.add("where", x > 0, x, randn(2, 4), of="torch", py=torch.where)
    g.add("where", x > 0, of="torch", py=torch.where)
    g.add("heaviside", x, randn(2, 4), gradients=False)
    g.add("frexp", x, gradients=False)
    g.write()


def arithmetic():
    g = Group("arithmetic")
    x, y = between(-3, 3, 2, 3), between(.3, 3, 3)
    p, q = between(.5, 3, 2, 3), between(.5, 2, 2, 3)
    for twin in ("", "_"):
        for name in "add sub mul div remainder fmod true_divide floor_divide".split():
            g.add(name + twin, x, S(1.5))
            g.add(name + twin, x, y)
        g.add("add" + twin, x, S(2), S(3), py=lambda t, s, a: t.add(s, alpha=a))
        g.add("add" + twin, x, y, S(3), py=lambda t, s, a: t.add(s, alpha=a))
        for name in "subtract multiply".split():
            if (name, twin) != ("multiply", "_"):
                g.add(name + twin, x, S(1.5))
                g.add(name + twin, x, y)
        for mode in ("trunc", "floor"):
            g.add("div" + twin, x, y, Round(mode), py=lambda t, s, m: t.div(s, rounding_mode=m))
            g.add("div" + twin, x, S(.7), Round(mode), py=lambda t, s, m: t.div(s, rounding_mode=m))
        g.add("divide" + twin, x, y)
        g.add("divide" + twin, x, S(3))
        g.add("pow" + twin, p, S(2.5))
        g.add("pow" + twin, p, q)
        g.add("atan2" + twin, x, y)
        g.add("arctan2" + twin, x, y)
        g.add("arctan" + twin, x, y, py=torch.atan2)
        g.add("xlogy" + twin, x, y)
        g.add("xlogy" + twin, x, S(2.))
        g.add("ldexp" + twin, x, y, gradients=False)
        g.add("gcd" + twin, whole(1, 50, 4), whole(1, 50, 4))
        g.add("lcm" + twin, whole(1, 50, 4), whole(1, 50, 4))
        g.add("addcdiv" + twin, x, p, q)
        g.add("addcdiv" + twin, x, p, q, S(.5), py=lambda t, a, b, v: t.addcdiv(a, b, value=v))
        g.add("addcmul" + twin, x, p, q, S(.5), py=lambda t, a, b, v: t.addcmul(a, b, value=v))
    for name in "maximum minimum max min fmax fmin hypot copysign logaddexp logaddexp2 float_power".split():
        g.add(name, p, q)
    g.add("nextafter", x, p, gradients=False)
    g.add("igamma", p, q, gradients=False)
    g.add("igammac", p, q, gradients=False)
    g.add("dist", x, p, Fl(2.))
    operators = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b, "%": lambda a, b: a % b}
    names = {"+": "op_Addition", "-": "op_Subtraction", "*": "op_Multiply", "/": "op_Division", "%": "op_Modulus"}
    for sign, function in operators.items():
        g.add(names[sign], x, y, of="operator", py=function)
        g.add(names[sign], x, D(1.5), of="operator", py=function)
        g.add(names[sign], x, 3, of="operator", py=function)
        g.add(names[sign], x, I(2), of="operator", py=function)
        g.add(names[sign], x, S(2.25), of="operator", py=function)
        if sign != "%":
            g.add(names[sign], D(1.5), x, of="operator", py=function)
            g.add(names[sign], 3, x, of="operator", py=function)
            g.add(names[sign], S(2.25), x, of="operator", py=function)
    g.add("op_UnaryNegation", x, of="operator", py=lambda a: -a)
    g.add("op_OnesComplement", whole(-5, 5, 4), of="operator", py=lambda a: ~a)
    g.add("add", whole(0, 9, 3), S(2))
    g.add("div", whole(0, 9, 3), S(2))
    g.add("add", whole(0, 200, 4).to(torch.uint8), S(100))
    g.add("mul", torch.tensor([True, False]), torch.tensor([2, 3]))
    g.add("add", randn(3).half(), randn(3).half(), gradients=False)
    g.add("add", randn(3).bfloat16(), randn(3).bfloat16(), gradients=False)
    g.add("add", whole(0, 9, 3).to(torch.int16), whole(0, 9, 3).to(torch.int32))
    g.add("add", whole(0, 9, 3).to(torch.int8), whole(0, 9, 3).to(torch.int8))
    g.write()


def comparison():
    g = Group("comparison")
    x, y = randn(2, 3), randn(2, 3)
    y[0] = x[0]
    for twin in ("", "_"):
        for name in "eq ne lt le gt ge".split():
            g.add(name + twin, x, y, gradients=False)
            g.add(name + twin, x, S(.140625), gradients=False)
        for name in "logical_and logical_or logical_xor".split():
            g.add(name + twin, x > 0, y > 0)
        for name in "bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift".split():
            g.add(name + twin, whole(0, 20, 4), whole(0, 4, 4))
    for name, python in (("equal", "eq"), ("not_equal", "ne"), ("less", "lt"), ("less_equal", "le"), ("greater", "gt"), ("greater_equal", "ge")):
        g.add(name, x, y, py=lambda a, b, n=python: getattr(a, n)(b), gradients=False)
    g.add("not_equal_", x, y, gradients=False)
    g.add("less_equal_", x, y, gradients=False)
    for name, python in (("op_Equality", "eq"), ("op_Inequality", "ne"), ("op_LessThan", "lt"), ("op_LessThanOrEqual", "le"), ("op_GreaterThan", "gt"), ("op_GreaterThanOrEqual", "ge")):
        g.add(name, x, y, of="operator", py=lambda a, b, n=python: getattr(a, n)(b), gradients=False)
        g.add(name, x, S(.140625), of="operator", py=lambda a, b, n=python: getattr(a, n)(b), gradients=False)
        g.add(name, S(.140625), x, of="operator", py=lambda a, b, n=python: getattr(torch.full_like(b, a), n)(b), gradients=False)
    for name, function in (("op_BitwiseAnd", torch.bitwise_and), ("op_BitwiseOr", torch.bitwise_or), ("op_ExclusiveOr", torch.bitwise_xor)):
        g.add(name, whole(0, 20, 4), whole(0, 20, 4), of="operator", py=function)
    near = x + torch.tensor([[1e-9, 1e-3, 0], [0, 1e-7, math.nan]], dtype=torch.float64)
    g.add("isclose", x, near, gradients=False)
    g.add("allclose", x, near, gradients=False)
    g.add("allclose", x, x + 1e-9, gradients=False)
    g.add("allclose", x, near, D(1.), D(1.), True, py=lambda a, b, r, t, n: torch.allclose(a, b, r, t, n), gradients=False)
    g.add("isin", whole(0, 6, 8), torch.tensor([1, 4]), py=torch.isin)
    g.add("bucketize", x, torch.tensor([-1., 0, 1], dtype=torch.float64), gradients=False)
    g.add("searchsorted", torch.tensor([-1., 0, 1], dtype=torch.float64), x, of="torch", py=torch.searchsorted, gradients=False)
    g.add("searchsorted", torch.tensor([1, 3, 5]), S(3), False, True, Nothing(), of="torch", py=lambda s, v, i, r, n: torch.searchsorted(s, v, right=r))
    g.write()


def reductions():
    g = Group("reductions")
    x = randn(2, 3, 4)
    wide = whole(-5, 5, 3, 4)
    g.add("sum", x)
    g.add("sum", wide)
    g.add("sum", x, Type(torch.float32), py=lambda t, k: t.sum(dtype=k))
    g.add("sum", x, 1)
    g.add("sum", x, 1, True)
    g.add("sum", x, 0, 2, py=lambda t, a, b: t.sum((a, b)))
    g.add("sum", x, 0, 1, 2, py=lambda t, a, b, c: t.sum((a, b, c)))
    g.add("sum", x, [0, 2], True)
    g.add("mean", x)
    g.add("mean", x, [1, 2])
    g.add("mean", x, [1], True, Type(torch.float32), py=lambda t, d, k, y: t.mean(d, k, dtype=y))
    g.add("prod", x)
    g.add("prod", x, 1, True)
    g.add("nansum", torch.tensor([1., math.nan, 2]), gradients=False)
    g.add("nanmean", torch.tensor([[1., math.nan, 2], [3, 4, 5]]), gradients=False)
    g.add("nanmean", torch.tensor([[1., math.nan, 2], [3, 4, 5]]), I(1), gradients=False)
    for name in "median max min argmax argmin".split():
        g.add(name, x)
    g.add("nanmedian", torch.tensor([3., math.nan, 2, 1]), gradients=False)
    for name in "max min argmax argmin".split():
        g.add(name, x, 1)
        g.add(name, x, -1, True)
    g.add("amax", x, [1])
    g.add("amax", x, [0, 2], True)
    g.add("amin", x, [1])
    g.add("amin", x, [0, 2], True)
    g.add("amax", x, [1], False, torch.zeros(2, 4, dtype=torch.float64), gradients=False, py=lambda t, d, k, o: torch.amax(t, d, k))
    g.add("amin", x, [1], False, torch.zeros(2, 4, dtype=torch.float64), gradients=False, py=lambda t, d, k, o: torch.amin(t, d, k))
    g.add("aminmax", x, py=lambda t: torch.aminmax(t))
    g.add("aminmax", x, 1, True, py=lambda t, d, k: torch.aminmax(t, dim=d, keepdim=k))
    for name in "any all".split():
        g.add(name, wide > 0)
        g.add(name, wide > 0, 1)
        g.add(name, wide > 0, 1, True)
    for name in "std var".split():
        g.add(name, x)
        g.add(name, x, False)
        g.add(name, x, 1)
        g.add(name, x, [0, 2], False, True, py=lambda t, d, u, k, n=name: getattr(t, n)(d, u, k))
        g.add(name + "_mean", x, py=lambda t, n=name: getattr(torch, n + "_mean")(t))
        g.add(name + "_mean", x, 1, False, True, py=lambda t, d, u, k, n=name: getattr(torch, n + "_mean")(t, d, u, k))
        g.add(name + "_mean", x, [0, 1], py=lambda t, d, n=name: getattr(torch, n + "_mean")(t, d))
    g.add("norm", x)
    g.add("norm", x, Fl(1.))
    g.add("norm", x, I(1), True, Fl(3.), py=lambda t, d, k, p: t.norm(p, d, k))
    g.add("logsumexp", x, 1)
    for name in "cumsum cumprod cummax cummin logcumsumexp".split():
        g.add(name, x, 1)
    g.add("cumsum", wide, 0, Type(torch.float64), py=lambda t, d, k: t.cumsum(d, dtype=k))
    g.add("count_nonzero", wide)
    g.add("count_nonzero", wide, [1])
    g.add("topk", x, I(2))
    g.add("topk", x, I(2), I(1), False, True)
    g.add("sort", x)
    g.add("sort", wide, 0, True, True, py=lambda t, d, r, s: torch.sort(t, dim=d, descending=r, stable=s))
    g.add("argsort", randn(7), 0, True, gradients=False)
    g.add("msort", x)
    g.add("kthvalue", x, 2, 1, py=lambda t, k, d: t.kthvalue(k, d))
    g.add("mode", wide, 1)
    g.add("histc", randn(30), 5, -2, 2, gradients=False)
    g.add("bincount", torch.tensor([0, 1, 1, 4]), Nothing(), 6, py=lambda t, w, n: t.bincount(minlength=n))
    g.add("bincount", torch.tensor([0, 1, 1, 4]), torch.tensor([.5, 1, 2, 3], dtype=torch.float64), gradients=False)
    g.add("quantile", x, torch.tensor([.1, .5], dtype=torch.float64), 1)
    g.add("nanquantile", x, torch.tensor([.1, .5], dtype=torch.float64), 1, True)
    g.add("unique", wide, py=lambda t: [t.unique()])
    g.add("unique", wide, True, True, True, py=lambda t, s, i, c: t.unique(s, i, c))
    g.add("unique", whole(0, 2, 5, 2), True, True, True, I(0), py=lambda t, s, i, c, d: t.unique(s, i, c, d))
    g.add("unique_consecutive", torch.tensor([1, 1, 2, 2, 1]), True, True, py=lambda t, i, c: t.unique_consecutive(i, c))
    g.add("trace", randn(3, 3))
    g.add("corrcoef", randn(3, 5))
    g.add("cov", randn(3, 5), 0, py=lambda t, c: t.cov(correction=c))
    g.add("renorm", randn(3, 4), Fl(2.), 0, Fl(1.))
    g.add("diff", x, 2, 2)
    for name in "trapezoid cumulative_trapezoid".split():
        g.add(name, x, D(.5), 1, py=lambda t, d, a, n=name: getattr(torch, n)(t, dx=d, dim=a))
        g.add(name, x, torch.tensor([0., 1, 3], dtype=torch.float64), 1, py=lambda t, d, a, n=name: getattr(torch, n)(t, x=d, dim=a))
    g.write()


def shape():
    g = Group("shape")
    x, m = randn(2, 3, 4), randn(3, 4)
    g.add("view", x, [6, 4])
    g.add("reshape", x, [4, -1])
    g.add("flatten", x, 1, py=lambda t, a: t.flatten(a))
    g.add("unflatten", randn(2, 6), 1, [2, 3])
    g.add("ravel", x)
    g.add("permute", x, [2, 0, 1])
    for name in "transpose swapaxes swapdims".split():
        g.add(name, x, 0, 2)
    g.add("transpose_", x, 0, 2)
    g.add("t", m)
    g.add("unsqueeze", x, 1)
    g.add("unsqueeze_", x, -1)
    thin = randn(1, 3, 1)
    g.add("squeeze", thin)
    g.add("squeeze", thin, 0)
    g.add("squeeze_", thin)
    g.add("squeeze_", thin, 0)
    g.add("expand", thin, [2, 3, 4])
    g.add("expand", thin, [2, 3, 4], False, py=lambda t, s, i: t.expand(s))
    g.add("expand_as", thin, x)
    g.add("broadcast_to", thin, [2, 3, 4])
    g.add("view_as", x, randn(6, 4))
    g.add("narrow", x, 2, 1, 2)
    g.add("slice", x, 2, 0, 4, 2, py=lambda t, d, a, b, s: t[:, :, a:b:s])
    g.add("select", x, 1, 2)
    g.add("chunk", x, 2, 2)
    g.add("split", x, 3, I(2))
    g.add("split", x, [1, 3], 2)
    g.add("tensor_split", x, 3, 2)
    g.add("tensor_split", x, [1, 2], 2, py=lambda t, s, d: t.tensor_split(s, d))
    g.add("tensor_split", x, torch.tensor([1, 2]), 2)
    for name, axis in (("hsplit", 1), ("vsplit", 0), ("dsplit", 2)):
        g.add(name, randn(4, 4, 4), 2)
        g.add(name, randn(4, 4, 4), [1, 3])
    g.add("unbind", x, 1)
    g.add("moveaxis", x, [0, 1], [1, 2])
    g.add("movedim", x, [0, 1], [2, 0])
    g.add("movedim", x, 0, 2, of="torch", py=torch.movedim)
    g.add("flip", x, [0, 2])
    g.add("fliplr", x)
    g.add("flipud", x)
    g.add("roll", x, 2)
    g.add("roll", x, 1, 2)
    g.add("roll", x, [1, 2], [0, 2])
    g.add("rot90", m)
    g.add("repeat", m, [2, 1, 2])
    g.add("repeat_interleave", m, 2, 1)
    g.add("repeat_interleave", m, torch.tensor([1, 0, 2]), 0)
    g.add("tile", m, [2, 2])
    g.add("contiguous", m.t())
    g.add("clone", x)
    g.add("as_strided", x, [2, 2], [1, 5], 3)
    g.add("unfold", x, 2, 2, 1)
    g.add("diag", randn(3), 1)
    g.add("diagflat", randn(3), 1)
    g.add("diag_embed", randn(2, 3))
    g.add("diagonal", x, 0, 1, 2)
    for name in "tril triu".split():
        g.add(name, m, 1)
        g.add(name + "_", m, -1)
    for name in "atleast_1d atleast_2d atleast_3d".split():
        g.add(name, randn(2), py=lambda t, n=name: getattr(torch, n)(t))
        g.add(name, [torch.tensor(1.), randn(2)], of="torch", py=lambda t, n=name: list(getattr(torch, n)(*t)))
    g.add("channel_shuffle", randn(1, 4, 2, 2), 2, py=lambda t, n: torch.ops.aten.channel_shuffle(t, n))
    i = torch.tensor([2, 0])
    g.add("index_select", m, 0, i)
    for twin in ("", "_"):
        g.add("index_add" + twin, m, 0, i, randn(2, 4), S(2.), py=lambda t, d, k, s, a: t.index_add(d, k, s, alpha=a))
        g.add("index_copy" + twin, m, 0, i, randn(2, 4))
        g.add("index_fill" + twin, m, 0, i, S(7.))
        g.add("scatter" + twin, m, 0, torch.tensor([[0, 1, 2, 0]]), randn(1, 4))
        g.add("scatter_add" + twin, m, 0, torch.tensor([[0, 1, 2, 0]]), randn(1, 4))
        g.add("masked_scatter" + twin, m, m > 0, randn(12))
    g.add("gather", m, 1, torch.tensor([[0, 1], [3, 2], [1, 1]]))
    g.add("select_scatter", m, randn(4), 0, 1)
    g.add("slice_scatter", m, randn(2, 4), 0, 1, 3, 1)
    g.add("diagonal_scatter", randn(3, 3), randn(3))
    g.add("masked_select", m, m > 0)
    g.add("take", m, torch.tensor([0, 5, 11]))
    g.add("take_along_dim", m, torch.tensor([0, 5, 11]))
    g.add("take_along_dim", m, torch.tensor([[2, 1, 0, 0]]), 0)
    g.add("nonzero", m > 0)
    g.add("argwhere", m > 0)
    g.add("nonzero_as_list", m > 0, py=lambda t: list(t.nonzero(as_tuple=True)))
    g.add("set_", randn(2), randn(3), gradients=False)
    g.add("T", m, of="property", py=lambda t: t.T)
    g.add("mT", x, of="property", py=lambda t: t.mT)
    g.add("H", m, of="property", py=lambda t: t.H)
    g.add("mH", x, of="property", py=lambda t: t.mH)
    z = torch.tensor([1 + 2j, 3 - 1j])
    g.add("real", z, of="property", py=lambda t: t.real, gradients=False)
    g.add("imag", z, of="property", py=lambda t: t.imag, gradients=False)
    g.add("view_as_real", z, py=torch.view_as_real, gradients=False)
    g.add("view_as_complex", randn(3, 2), py=torch.view_as_complex, gradients=False)
    g.add("detach", x, gradients=False)
    g.add("detach_", x, gradients=False)
    g.add("is_nonzero", torch.tensor([2.]), gradients=False)
    g.add("is_pinned", torch.tensor([2.]), gradients=False)
    for name in ("float", "double", "half", "bfloat16", "int", "long", "short", "char", "byte", "bool"):
        python = {"char": torch.int8, "byte": torch.uint8, "int": torch.int32, "long": torch.int64, "short": torch.int16}.get(name) or getattr(torch, name)
        g.add(name, between(0, 9, 3), py=lambda t, k=python: t.to(k), gradients=False)
    g.add("to", x, Type(torch.float32))
    g.write()


def joining():
    g = Group("joining")
    a, b = randn(2, 3), randn(2, 3)
    for name in "cat stack".split():
        g.add(name, [a, b], 1, of="torch", py=lambda t, d, n=name: getattr(torch, n)(t, d), gradients=False)
    for name in "concat hstack vstack dstack row_stack column_stack".split():
        g.add(name, [a, b], of="torch", py=lambda t, n=name: getattr(torch, n)(t), gradients=False)
    for name in "block_diag".split():
        g.add(name, [a, b], of="torch", py=lambda t: torch.block_diag(*t), gradients=False)
    g.add("cartesian_prod", [randn(2), randn(3)], of="torch", py=lambda t: torch.cartesian_prod(*t), gradients=False)
    g.add("combinations", randn(4), I(2), of="torch", py=lambda t, r: torch.combinations(t, r))
    g.add("meshgrid", [randn(2), randn(3)], "xy", of="torch", py=lambda t, i: list(torch.meshgrid(*t, indexing=i)), gradients=False)
    g.add("broadcast_tensors", [randn(2, 1), randn(3)], of="torch", py=lambda t: list(torch.broadcast_tensors(*t)), gradients=False)
    g.add("einsum", "ij,kj->ik", [a, b], of="torch", py=lambda e, t: torch.einsum(e, *t), gradients=False)
    g.add("cdist", a, b, of="torch", py=torch.cdist)
    g.add("cdist", a, b, D(1.), of="torch", py=torch.cdist)
    g.add("tril_indices", 3, 4, 1, of="torch", py=lambda r, c, o: torch.tril_indices(r, c, o))
    g.add("triu_indices", 3, 4, 1, of="torch", py=lambda r, c, o: torch.triu_indices(r, c, o))
    g.add("hann_window", 6, of="torch", py=torch.hann_window)
    g.add("bartlett_window", 6, of="torch", py=torch.bartlett_window)
    g.add("blackman_window", 6, False, of="torch", py=torch.blackman_window)
    g.add("hamming_window", 6, True, Fl(.5), Fl(.4), of="torch", py=lambda n, p, x, y: torch.hamming_window(n, p, x, y))
    g.add("histogram", randn(30), 5, of="torch", py=lambda t, n: torch.histogram(t, n), gradients=False)
    g.add("histogram", randn(30), torch.tensor([-1., 0, 2], dtype=torch.float64), of="torch", py=lambda t, b: torch.histogram(t, b), gradients=False)
    g.add("complex", a, b, of="torch", gradients=False, py=torch.complex)
    g.add("polar", a.abs(), b, of="torch", gradients=False, py=torch.polar)
    g.add("is_conj", torch.tensor([1j]))
    g.add("is_neg", torch.tensor([1.]), gradients=False)
    g.add("trapz", a, of="torch", py=torch.trapz)
    g.add("gather", a, 1, torch.tensor([[0, 1], [2, 1]]), of="torch", py=torch.gather)
    g.add("tensordot", randn(2, 3, 4), randn(3, 4, 5), of="torch", py=torch.tensordot)
    g.add("hsplit", randn(4, 4), torch.tensor([1, 3]), py=lambda t, i: t.tensor_split(i, 1))
    g.add("softmax", a, I(1), of="torch", py=lambda t, d: t.softmax(d))
    g.add("result_type", torch.tensor([1]), torch.tensor([1.]), of="torch", py=lambda s, t: NAMES[torch.result_type(s, t)], gradients=False)
    g.add("promote_types", Type(torch.uint8), Type(torch.int8), of="torch", py=lambda s, t: NAMES[torch.promote_types(s, t)])
    g.add("can_cast", Type(torch.float32), Type(torch.int64), of="torch", py=torch.can_cast)
    g.write()


def linear():
    g = Group("linear")
    a, b, v, w = randn(3, 4), randn(4, 2), randn(4), randn(3)
    square = randn(3, 3) + 3 * torch.eye(3, dtype=torch.float64)
    g.add("matmul", a, b)
    g.add("matmul", randn(2, 3, 4), b)
    g.add("mm", a, b)
    g.add("bmm", randn(2, 3, 4), randn(2, 4, 2))
    g.add("mv", a, v)
    g.add("dot", v, randn(4))
    g.add("vdot", v, randn(4))
    g.add("inner", v, randn(4))
    g.add("outer", v, w)
    g.add("ger", v, w)
    g.add("kron", a, b)
    for twin in ("", "_"):
        g.add("addmm" + twin, randn(3, 2), a, b, Fl(.5), Fl(2.), py=lambda t, x, y, p, q: t.addmm(x, y, beta=p, alpha=q))
        g.add("addmv" + twin, w, a, v, Fl(.5), Fl(2.), py=lambda t, x, y, p, q: t.addmv(x, y, beta=p, alpha=q))
        g.add("addbmm" + twin, randn(3, 2), randn(2, 3, 4), randn(2, 4, 2), Fl(.5), Fl(2.), py=lambda t, x, y, p, q: t.addbmm(x, y, beta=p, alpha=q))
        g.add("addr" + twin, a, w, v, Fl(.5), Fl(2.), py=lambda t, x, y, p, q: t.addr(x, y, beta=p, alpha=q))
    g.add("baddbmm", randn(2, 3, 2), randn(2, 3, 4), randn(2, 4, 2), Fl(.5), Fl(2.), py=lambda t, x, y, p, q: t.baddbmm(x, y, beta=p, alpha=q))
    g.add("tensordot", randn(2, 3, 4), randn(4, 3, 5), [2, 1], [0, 1], py=lambda x, y, p, q: torch.tensordot(x, y, (p, q)))
    g.add("tensordot", randn(2, 3, 4), randn(3, 4, 5), 2, py=lambda x, y, n: torch.tensordot(x, y, n))
    g.add("inverse", square)
    g.add("pinverse", a, py=lambda t: t.pinverse(), tolerance=1e-8)
    g.add("det", square)
    g.add("logdet", square @ square.t())
    g.add("matrix_exp", square * .1)
    g.add("matrix_power", square, I(3))
    g.write()


def indexing():
    g = Group("indexing")
    x = randn(3, 4, 5)
    all_of, every_second = slice(None), slice(None, None, 2)
    mask, flat = randn(3, 4) > 0, torch.tensor([True, False, True])
    for index in ((1,), (-1, 2), (1, 2, 3), (slice(1, 3),), (all_of, slice(0, 2)), (..., 0), (1, ..., every_second), (slice(-2, None), -1), (None, 1), (all_of, None, 2), (..., None),
                  (torch.tensor([2, 0, 0]),), (all_of, torch.tensor([1, -1])), (torch.tensor([0, 1]), torch.tensor([2, 3])), (torch.tensor([0, 1]), all_of, torch.tensor([2, 3])),
                  (torch.tensor([[0], [1]]), torch.tensor([2, 3])), (flat,), (mask,), (mask, torch.tensor([1, 0, 1, 2, 0][:int(mask.sum())] + [0] * (int(mask.sum()) - 5))),
                  (all_of, mask.new_ones(4)), (..., randn(5) > 0), (1, torch.tensor([0, 2]), slice(1, 4)), (True,), (False,), (1, None, True, slice(2, 4)), (torch.tensor(1),),
                  (torch.tensor(True),), (slice(5, 9),)):
        g.add("index", x, Tagged("index", index), py=lambda t, i: t[i])
        shape = x[index].shape
        value = randn(*shape) if len(shape) else randn(1)[0]

        def put(t, i, v):
            t[i] = v
            return t

        def put_first(t, v, i):
            return put(t, i, v)

        g.add("index_put_", x, value, Tagged("index", index), py=put_first)
    g.add("index_put_", x, randn(3, 4, 5), Tagged("index", (torch.tensor([1, 1, 0]),)), True, py=lambda t, v, i, a: t.index_put_(i, v, accumulate=a))
    g.add("index_put_", x, randn(5), Tagged("index", (1, 2)), True, py=lambda t, v, i, a: t.index_put_([torch.tensor(1), torch.tensor(2)], v, accumulate=a))
    g.add("index_put_", x, S(7.5), Tagged("index", (1, 2)), py=lambda t, v, i: put(t, i, v))
    g.add("get_TensorItems", x, 1, -1, py=lambda t, a, b: t[a, b])
    g.add("get_TensorItems", x, 1, -1, 2, py=lambda t, a, b, c: t[a, b, c])
    g.add("get_TensorItems", x, [2, 0, 1], py=lambda t, i: t[tuple(i)])
    g.write()


def factories():
    g = Group("factories")
    x = randn(2, 3)
    for name in "zeros ones".split():
        g.add(name, [2, 3], of="torch", py=getattr(torch, name))
        g.add(name, [2], Type(torch.int64), of="torch", py=lambda s, k, n=name: getattr(torch, n)(s, dtype=k))
    g.add("full", [2, 2], S(1.5), of="torch", py=torch.full)
    g.add("full", [2, 2], S(3), of="torch", py=torch.full)
    g.add("full", [2], S(True), of="torch", py=torch.full)
    g.add("eye", 2, 3, of="torch", py=torch.eye)
    g.add("arange", S(5), of="torch", py=torch.arange)
    g.add("arange", S(1.), S(2.), S(.25), of="torch", py=torch.arange)
    g.add("arange", S(5), S(-1), S(-2), of="torch", py=torch.arange)
    g.add("linspace", D(-1.), D(1.), 5, of="torch", py=lambda a, b, n: torch.linspace(a, b, n))
    g.add("logspace", D(0.), D(2.), 3, of="torch", py=lambda a, b, n: torch.logspace(a, b, n))
    for name in "zeros_like ones_like".split():
        g.add(name, x, gradients=False, py=getattr(torch, name))
        g.add(name, x, Type(torch.int32), gradients=False, py=lambda t, k, n=name: getattr(torch, n)(t, dtype=k))
    g.add("full_like", x, S(4.), gradients=False, py=torch.full_like)
    g.write()


def random():
    g = Group("random")
    p = between(.1, .9, 6)
    x = torch.zeros(6, dtype=torch.float64)
    g.add("rand", [6], of="torch", py=torch.rand)
    g.add("randn", [6], of="torch", py=torch.randn)
    g.add("randn", [4, 8], of="torch", py=torch.randn)
    g.add("rand", [6], Type(torch.float64), of="torch", py=lambda s, k: torch.rand(s, dtype=k))
    g.add("rand_like", x, gradients=False, py=torch.rand_like)
    g.add("randn_like", x, gradients=False, py=torch.randn_like)
    g.add("randint_like", x, 2, 9, gradients=False, py=torch.randint_like)
    g.add("randint", 10, [6], of="torch", py=torch.randint)
    g.add("randint", 3, 10, [6], of="torch", py=torch.randint)
    g.add("randperm", 9, of="torch", py=torch.randperm)
    g.add("normal", torch.tensor([1., 5]), torch.tensor([.1, .2]), of="torch", py=torch.normal, gradients=False)
    g.add("bernoulli", p, gradients=False)
    g.add("bernoulli_", x, D(.3), gradients=False)
    g.add("bernoulli_", x, p, gradients=False)
    g.add("multinomial", p, 3, gradients=False)
    g.add("poisson", p * 9, gradients=False, py=torch.poisson)
    g.add("binomial", torch.full((6,), 9., dtype=torch.float64), p, gradients=False, py=torch.binomial)
    g.add("normal_", x, D(1.), D(2.), gradients=False)
    g.add("uniform_", x, D(-1.), D(2.), gradients=False)
    g.add("exponential_", x, D(2.), gradients=False)
    g.add("geometric_", x, D(.3), gradients=False)
    g.add("log_normal_", x, D(.1), D(.2), gradients=False)
    g.add("cauchy_", x, D(.1), D(.2), gradients=False)
    g.add("random_", x, D(2.), D(9.), gradients=False, py=lambda t, a, b: t.random_(int(a), int(b)))
    g.add("rrelu", randn(6), D(.2), D(.4), gradients=False, py=lambda t, a, b: torch.rrelu(t, a, b))
    g.add("rrelu_", randn(6), D(.2), D(.4), gradients=False, py=lambda t, a, b: torch.rrelu(t, a, b))
    g.write()


if __name__ == "__main__":
    for make in (elementwise, arithmetic, comparison, reductions, shape, joining, linear, indexing, factories, random):
        torch.manual_seed(1)
        make()
