"""Values that PyTorch gives for modules, functionals, initialisers, optimizers and schedules.

    /usr/bin/python3 make_nn.py

writes nn_functional.json, nn_init.json, nn_batch_norm.json, nn_optim.json, nn_schedules.json, nn_training.json, nn_module.json and nn_module.bin beside this file. A tensor is
{"dtype", "shape", "data"}, row by row; the gradients are those of sum(output * cos(0, 1, 2, ...)).
"""
import json
import os

import torch
import torch.nn.functional as F
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))
torch.set_num_threads(1)


def tensor(t):
    t = t.detach()
    values = t.reshape(-1).tolist()
    if t.is_floating_point():
        digits = "%.9g" if t.dtype == torch.float32 else "%.12g"
        values = [float(digits % v) for v in values]
    return {"dtype": str(t.dtype).replace("torch.", ""), "shape": list(t.shape), "data": values}


def randn(*shape):
    """Short numbers, so that the files are short and still exact."""
    return torch.randn(*shape, dtype=torch.float64).round(decimals=3)


def write(name, content):
    content = {"kind": name, "computed_with": "torch " + torch.__version__, **content}
    with open(os.path.join(HERE, name + ".json"), "w") as file:
        json.dump(content, file, separators=(",", ":"))
        file.write("\n")


def functional_cases():
    torch.manual_seed(20)
    cases = []

    def case(call, tensors, settings, function, wanted=("input",)):
        leaves = {k: v.clone().requires_grad_(k in wanted) if v is not None else None for k, v in tensors.items()}
        output = function(leaves)
        gradients = {}
        if wanted:
            weights = torch.cos(torch.arange(output.numel(), dtype=torch.float64)).to(output.dtype).reshape(output.shape)
            (output * weights).sum().backward()
            gradients = {k: tensor(leaves[k].grad) for k in wanted}
        cases.append({"call": call, "settings": settings, "tensors": {k: tensor(v) for k, v in tensors.items() if v is not None},
                      "output": tensor(output), "gradients": gradients})

    r = randn

    x = r(2, 3, 5)
    for name, function in [("relu", F.relu), ("sigmoid", torch.sigmoid), ("tanh", torch.tanh), ("logsigmoid", F.logsigmoid), ("gelu", F.gelu), ("silu", F.silu), ("softplus", F.softplus)]:
        case(name, {"input": x}, {}, lambda t, f=function: f(t["input"]))
    for p, dim in ((2., 1), (1., -1), (3., 0)):
        case("normalize", {"input": x}, {"p": p, "dim": dim}, lambda t: F.normalize(t["input"], p, dim))
    case("leaky_relu", {"input": x}, {"negative_slope": .2}, lambda t: F.leaky_relu(t["input"], .2))
    for dim in (1, -1):
        case("softmax", {"input": x}, {"dim": dim}, lambda t: F.softmax(t["input"], dim))
        case("log_softmax", {"input": x}, {"dim": dim}, lambda t: F.log_softmax(t["input"], dim))
    case("linear", {"input": r(4, 5), "weight": r(3, 5), "bias": r(3)}, {}, lambda t: F.linear(t["input"], t["weight"], t["bias"]), ("input", "weight", "bias"))
    case("linear", {"input": r(2, 4, 5), "weight": r(3, 5), "bias": None}, {}, lambda t: F.linear(t["input"], t["weight"]), ("input", "weight"))
    for stride, padding, dilation, groups, bias in [([1, 1], [0, 0], [1, 1], 1, True), ([2, 1], [1, 2], [1, 1], 1, True), ([1, 1], [2, 2], [2, 2], 2, False), ([2, 2], [1, 1], [1, 1], 4, True)]:
        case("conv2d", {"input": r(2, 4, 7, 6), "weight": r(8, 4 // groups, 3, 3), "bias": r(8) if bias else None},
             {"strides": stride, "padding": padding, "dilation": dilation, "groups": groups},
             lambda t: F.conv2d(t["input"], t["weight"], t["bias"], stride, padding, dilation, groups), ("input", "weight", "bias") if bias else ("input", "weight"))
    for kernel in (3, 4, 5):
        case("conv2d_same", {"input": r(2, 2, 7, 6), "weight": r(3, 2, kernel, kernel), "bias": r(3)}, {},
             lambda t: F.conv2d(t["input"], t["weight"], t["bias"], padding="same"), ("input", "weight", "bias"))
    for training in (True, False):
        case("batch_norm", {"input": r(4, 3, 2, 5), "mean": r(3), "variance": r(3).abs() + .5, "weight": r(3), "bias": r(3)}, {"training": training, "momentum": .3, "eps": 1e-3},
             lambda t: F.batch_norm(t["input"], t["mean"].clone(), t["variance"].clone(), t["weight"], t["bias"], training, .3, 1e-3), ("input", "weight", "bias"))
    case("layer_norm", {"input": r(4, 3, 5), "weight": r(3, 5), "bias": r(3, 5)}, {}, lambda t: F.layer_norm(t["input"], [3, 5], t["weight"], t["bias"]), ("input", "weight", "bias"))
    picture = r(2, 3, 6, 7)
    for kernel, stride, padding, dilation, ceil in [([2, 2], [2, 2], [0, 0], [1, 1], False), ([3, 2], [2, 1], [1, 1], [1, 1], True), ([2, 2], [1, 1], [1, 1], [2, 2], False)]:
        case("max_pool2d", {"input": picture}, {"kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation, "ceil": ceil},
             lambda t: F.max_pool2d(t["input"], kernel, stride, padding, dilation, ceil))
    for kernel, stride, padding, ceil, include, divisor in [([2, 2], [2, 2], [0, 0], False, True, None), ([3, 3], [2, 2], [1, 1], True, False, None), ([4, 4], [4, 4], [0, 0], False, True, 5)]:
        case("avg_pool2d", {"input": picture}, {"kernel": kernel, "stride": stride, "padding": padding, "ceil": ceil, "include": include, "divisor": divisor},
             lambda t: F.avg_pool2d(t["input"], kernel, stride, padding, ceil, include, divisor))
    for size in ([1, 1], [3, 4], [7, 7]):
        case("adaptive_avg_pool2d", {"input": picture}, {"size": size}, lambda t: F.adaptive_avg_pool2d(t["input"], size))
    for mode, pads in [("constant", [1, 2, 3, 0]), ("reflect", [2, 1, 1, 2]), ("replicate", [1, 3, 2, 0]), ("circular", [2, 2, 1, 1])]:
        case("pad", {"input": picture}, {"mode": mode, "pad": pads}, lambda t: F.pad(t["input"], pads, mode, 1.5 if mode == "constant" else 0.))
    for mode, size, scale, corners, recompute, antialias in [
            ("nearest", [9, 5], None, None, False, False), ("nearest", None, [1.7, .6], None, False, False), ("nearest-exact", [9, 5], None, None, False, False),
            ("area", [4, 3], None, None, False, False), ("area", None, [.5, .5], None, False, False), ("bilinear", [9, 5], None, False, False, False), ("bilinear", [9, 5], None, True, False, False),
            ("bilinear", None, [1.7, .6], False, False, False), ("bilinear", None, [1.7, .6], False, True, False), ("bicubic", [9, 5], None, False, False, False), ("bicubic", None, [1.7, 1.3], True, False, False),
            ("bilinear", [4, 3], None, False, False, True), ("bicubic", [4, 3], None, False, False, True)]:
        case("interpolate", {"input": picture}, {"mode": mode, "size": size, "scale": scale, "corners": corners, "recompute": recompute, "antialias": antialias},
             lambda t: F.interpolate(t["input"], size, scale, mode, corners, recompute or None, antialias=antialias))
    theta = torch.tensor([[[.9, .1, .2], [-.2, 1.1, -.1]], [[.7, 0, 0], [0, .6, .3]]], dtype=torch.float64)
    for corners in (True, False):
        case("affine_grid", {"input": theta}, {"size": [2, 3, 4, 5], "corners": corners}, lambda t: F.affine_grid(t["input"], [2, 3, 4, 5], corners))
        for mode in ("bilinear", "nearest"):
            for beyond in ("zeros", "border", "reflection"):
                case("grid_sample", {"input": picture, "grid": F.affine_grid(theta * 1.3, [2, 3, 4, 5], corners).round(decimals=3)}, {"mode": mode, "beyond": beyond, "corners": corners},
                     lambda t: F.grid_sample(t["input"], t["grid"], mode, beyond, corners))
    case("one_hot", {"input": torch.tensor([0, 2, 1, 2])}, {"classes": 4}, lambda t: F.one_hot(t["input"], 4), ())
    case("one_hot", {"input": torch.tensor([[0, 2], [1, 1]])}, {"classes": -1}, lambda t: F.one_hot(t["input"]), ())

    logits, classes, weight = r(6, 4), torch.tensor([0, 3, 1, 1, 2, 0]), torch.tensor([.5, 2, 1, .25], dtype=torch.float64)
    ignored = torch.tensor([0, 3, -100, 1, 2, -100])
    probabilities, answers = torch.sigmoid(r(5, 2)).round(decimals=3), (r(5, 2) > 0).double()
    left, right = r(3, 4), r(3, 4)
    for reduction in ("none", "mean", "sum"):
        for w in (None, weight):
            for target in (classes, ignored):
                case("cross_entropy", {"input": logits, "target": target, "weight": w}, {"reduction": reduction, "smoothing": 0.},
                     lambda t: F.cross_entropy(t["input"], t["target"], t["weight"], reduction=reduction))
            case("cross_entropy", {"input": logits, "target": classes, "weight": w}, {"reduction": reduction, "smoothing": .1},
                 lambda t: F.cross_entropy(t["input"], t["target"], t["weight"], reduction=reduction, label_smoothing=.1))
            case("nll_loss", {"input": F.log_softmax(logits, 1).round(decimals=3), "target": classes, "weight": w}, {"reduction": reduction},
                 lambda t: F.nll_loss(t["input"], t["target"], t["weight"], reduction=reduction))
        case("cross_entropy", {"input": logits, "target": F.softmax(r(6, 4), 1).round(decimals=3), "weight": None}, {"reduction": reduction, "smoothing": 0.},
             lambda t: F.cross_entropy(t["input"], t["target"], reduction=reduction))
        for w in (None, r(5, 2).abs()):
            case("binary_cross_entropy", {"input": probabilities, "target": answers, "weight": w}, {"reduction": reduction},
                 lambda t: F.binary_cross_entropy(t["input"], t["target"], t["weight"], reduction=reduction))
            for positive in (None, torch.tensor([3., .5], dtype=torch.float64)):
                case("binary_cross_entropy_with_logits", {"input": r(5, 2) * 4, "target": answers, "weight": w, "positive": positive}, {"reduction": reduction},
                     lambda t: F.binary_cross_entropy_with_logits(t["input"], t["target"], t["weight"], reduction=reduction, pos_weight=t["positive"]))
        for name, function in [("mse_loss", F.mse_loss), ("l1_loss", F.l1_loss), ("smooth_l1_loss", F.smooth_l1_loss), ("huber_loss", F.huber_loss)]:
            case(name, {"input": left, "target": right}, {"reduction": reduction}, lambda t, f=function: f(t["input"], t["target"], reduction=reduction), ("input", "target"))
    return cases


def init_cases():
    cases = []

    def seeded(call, seed, settings, make):
        torch.manual_seed(seed)
        cases.append({"call": call, "seed": seed, "settings": settings, "tensors": [tensor(t) for t in make()]})

    def parts(module):
        return list(module.parameters())

    for seed, settings in [(0, [3, 4, 3, 1]), (1, [4, 8, 5, 2]), (123456789, [1, 2, 1, 1])]:
        seeded("Conv2d", seed, settings, lambda: parts(nn.Conv2d(settings[0], settings[1], settings[2], groups=settings[3])))
    seeded("Conv2d without bias", 3, [3, 4, 3, 1], lambda: parts(nn.Conv2d(3, 4, 3, bias=False)))
    for seed, settings in [(0, [5, 3]), (2 ** 31, [40, 2])]:
        seeded("Linear", seed, settings, lambda: parts(nn.Linear(*settings)))
    seeded("network", 0, [], lambda: parts(nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(16, 5), nn.Linear(5, 2))))
    for name, function in [("kaiming_uniform_", nn.init.kaiming_uniform_), ("kaiming_normal_", nn.init.kaiming_normal_)]:
        for a, mode, nonlinearity in [(0, "fan_in", "leaky_relu"), (.3, "fan_out", "leaky_relu"), (0, "fan_out", "relu"), (0, "fan_in", "tanh"), (0, "fan_in", "linear")]:
            seeded(name, 5, [a, mode, nonlinearity], lambda: [function(torch.empty(4, 3, 3, 2), a, mode, nonlinearity)])
    for name, function in [("xavier_uniform_", nn.init.xavier_uniform_), ("xavier_normal_", nn.init.xavier_normal_)]:
        for gain in (1., 1.6):
            seeded(name, 6, [gain], lambda: [function(torch.empty(4, 3, 3, 2), gain)])
    seeded("normal_", 7, [.5, 2.], lambda: [nn.init.normal_(torch.empty(5, 7), .5, 2.)])
    seeded("uniform_", 8, [-.5, 2.], lambda: [nn.init.uniform_(torch.empty(5, 7), -.5, 2.)])
    for settings in ([0., 1., -2., 2.], [.5, .2, .4, 1.]):
        seeded("trunc_normal_", 8, settings, lambda: [nn.init.trunc_normal_(torch.empty(5, 7), *settings)])
    for p in (.3, .5):
        seeded("dropout", 9, [p], lambda: [F.dropout(torch.ones(4, 25), p)])
        seeded("dropout2d", 9, [p], lambda: [F.dropout2d(torch.ones(4, 10, 2, 2), p)])
    return cases


def batch_norm_cases():
    cases = []
    for settings in [{"affine": True, "track": True, "momentum": .1, "eps": 1e-5}, {"affine": False, "track": True, "momentum": .4, "eps": 1e-2}, {"affine": True, "track": False, "momentum": .1, "eps": 1e-5}]:
        torch.manual_seed(30)
        module = nn.BatchNorm2d(3, settings["eps"], settings["momentum"], settings["affine"], settings["track"], dtype=torch.float64)
        steps = []
        for _ in range(3):
            x = randn(4, 3, 3, 2) * 2 + 1
            output = module(x)
            steps.append({"input": tensor(x), "output": tensor(output), "mean": tensor(module.running_mean) if settings["track"] else None,
                          "variance": tensor(module.running_var) if settings["track"] else None})
        module.eval()
        cases.append({"settings": settings, "steps": steps, "eval_output": tensor(module(x))})
    return cases


def optimizer_cases():
    cases = []
    for name, maker, settings in [
            ("SGD", torch.optim.SGD, {"lr": .05}), ("SGD", torch.optim.SGD, {"lr": .05, "momentum": .9}), ("SGD", torch.optim.SGD, {"lr": .05, "momentum": .8, "dampening": .2, "weight_decay": .1}),
            ("SGD", torch.optim.SGD, {"lr": .05, "momentum": .8, "nesterov": True}), ("SGD", torch.optim.SGD, {"lr": .001, "momentum": .8, "maximize": True}),
            ("Adam", torch.optim.Adam, {"lr": .05}), ("Adam", torch.optim.Adam, {"lr": .05, "weight_decay": .1, "amsgrad": True}), ("Adam", torch.optim.Adam, {"lr": .01, "betas": [.7, .95], "eps": 1e-3, "maximize": True}),
            ("AdamW", torch.optim.AdamW, {"lr": .05, "weight_decay": .1}), ("AdamW", torch.optim.AdamW, {"lr": .05, "weight_decay": 0., "amsgrad": True}),
            ("RMSProp", torch.optim.RMSprop, {"lr": .02}), ("RMSProp", torch.optim.RMSprop, {"lr": .02, "alpha": .9, "momentum": .5, "weight_decay": .1}), ("RMSProp", torch.optim.RMSprop, {"lr": .02, "centered": True, "eps": 1e-4})]:
        torch.manual_seed(40)
        parameters = [randn(3, 2), randn(4), randn(2)]
        start = [tensor(p) for p in parameters]
        parameters = [p.requires_grad_() for p in parameters]
        optimizer = maker(parameters[:2], **{k: tuple(v) if k == "betas" else v for k, v in settings.items()})
        trajectory = []
        for i in range(12):
            optimizer.zero_grad()
            # The third parameter is added after four steps with a rate of its own and has no gradient in the sixth.
            if i == 4:
                optimizer.add_param_group({"params": [parameters[2]], "lr": settings["lr"] / 2})
            if i == 8:
                for group in optimizer.param_groups:
                    group["lr"] *= .1
            loss = ((parameters[0] - 1) ** 2).sum() + ((parameters[1] + 2) ** 4).sum() * .05 + (parameters[0].sum() * parameters[1].sum()) * .1
            if i != 5:
                loss = loss + torch.cosh(parameters[2]).sum()
            else:
                parameters[2].grad = None
            loss.backward()
            optimizer.step()
            trajectory.append([float("%.13g" % v) for p in parameters for v in p.detach().reshape(-1).tolist()])
        cases.append({"optimizer": name, "settings": settings, "start": start, "trajectory": trajectory})
    return cases


def schedule_cases():
    s = torch.optim.lr_scheduler
    cases = []
    for name, settings, make in [
            ("StepLR", [3, .5], lambda o: s.StepLR(o, 3, .5)), ("MultiStepLR", [2, 5, 5, .3], lambda o: s.MultiStepLR(o, [2, 5, 5], .3)), ("ExponentialLR", [.9], lambda o: s.ExponentialLR(o, .9)),
            ("CosineAnnealingLR", [6, .01], lambda o: s.CosineAnnealingLR(o, 6, .01)), ("LambdaLR", [], lambda o: s.LambdaLR(o, lambda e: 1 / (1 + .25 * e))),
            ("MultiplicativeLR", [], lambda o: s.MultiplicativeLR(o, lambda e: .95 - .01 * e)), ("LinearLR", [.2, .8, 7], lambda o: s.LinearLR(o, .2, .8, 7)),
            ("ConstantLR", [.25, 4], lambda o: s.ConstantLR(o, .25, 4)), ("PolynomialLR", [6, 2.], lambda o: s.PolynomialLR(o, 6, 2.)),
            ("SequentialLR", [4, 9], lambda o: s.SequentialLR(o, [s.LinearLR(o, .1, 1., 4), s.ExponentialLR(o, .9), s.StepLR(o, 2, .5)], [4, 9])),
            ("ChainedLR", [], lambda o: s.ChainedScheduler([s.LinearLR(o, .1, 1., 4), s.ExponentialLR(o, .9)])),
            ("OneCycleLR", [False, "Cos"], lambda o: s.OneCycleLR(o, [.4, .1], 16)), ("OneCycleLR", [True, "Linear"], lambda o: s.OneCycleLR(o, [.4, .1], epochs=4, steps_per_epoch=4, three_phase=True, anneal_strategy="linear"))]:
        parameters = [torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True)]
        optimizer = torch.optim.SGD([{"params": parameters[:1], "lr": .4}, {"params": parameters[1:], "lr": .1}], lr=.1, momentum=.9)
        schedule = make(optimizer)
        rates, momenta = [], []
        for _ in range(16):
            rates.append([g["lr"] for g in optimizer.param_groups])
            momenta.append([g["momentum"] for g in optimizer.param_groups])
            optimizer.step()
            schedule.step()
        cases.append({"schedule": name, "settings": settings, "rates": rates, "momenta": momenta})
    metrics = [5., 4., 4.2, 4.1, 4., 3.9999, 4.4, 3., 3.1, 3.2, 3.3, 3.4, 3.5, 3.6, 2.9, 3., 3., 3., 3., 3.]
    for settings in [{"mode": "min", "factor": .5, "patience": 2, "threshold": 1e-4, "threshold_mode": "rel", "cooldown": 0, "min_lr": 0.}, {"mode": "min", "factor": .1, "patience": 1, "threshold": .05, "threshold_mode": "abs", "cooldown": 2, "min_lr": .002},
                     {"mode": "max", "factor": .5, "patience": 1, "threshold": .1, "threshold_mode": "rel", "cooldown": 1, "min_lr": 0.}, {"mode": "max", "factor": .5, "patience": 0, "threshold": .3, "threshold_mode": "abs", "cooldown": 0, "min_lr": .01}]:
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=.4)
        schedule = s.ReduceLROnPlateau(optimizer, **settings)
        rates = []
        for metric in metrics:
            schedule.step(metric)
            rates.append([g["lr"] for g in optimizer.param_groups])
        cases.append({"schedule": "ReduceLROnPlateau", "settings": settings, "metrics": metrics, "rates": rates})
    return cases


def training_cases():
    cases = []
    for name, maker, settings in [("SGD", torch.optim.SGD, {"lr": .05, "momentum": .9}), ("Adam", torch.optim.Adam, {"lr": .003})]:
        torch.manual_seed(50)
        x = torch.randn(32, 2, 12, 12)
        labels = torch.arange(32) % 3
        x = x + labels.reshape(-1, 1, 1, 1) * torch.linspace(-1, 1, 12)
        # No bias before the normalisation: its gradient is nothing but rounding, which Adam would blow up.
        model = nn.Sequential(nn.Conv2d(2, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU(), nn.AvgPool2d(2), nn.Flatten(), nn.Dropout(.25), nn.Linear(64, 3))
        optimizer = maker(model.parameters(), **settings)
        torch.manual_seed(51)
        losses = []
        for step in range(30):
            batch = torch.arange(step * 8, step * 8 + 8) % 32
            optimizer.zero_grad()
            loss = F.cross_entropy(model(x[batch]), labels[batch])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        model.eval()
        cases.append({"optimizer": name, "settings": settings, "losses": losses, "logits": tensor(model(x[:4])), "state": {k: tensor(v) for k, v in model.state_dict().items()}})
    return cases


def leb128(number):
    out = bytearray()
    while number > 0x7F:
        out.append(0x80 | number & 0x7F)
        number >>= 7
    out.append(number)
    return bytes(out)


def module_file():
    """A module's file as TorchSharp describes its format: counts, key, element type, dimensions (LEB128), then the elements."""
    torch.manual_seed(60)
    model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Flatten(), nn.Linear(200, 3))
    model(torch.randn(4, 1, 12, 12))
    types = {torch.float32: 6, torch.int64: 4}
    state = model.state_dict()
    with open(os.path.join(HERE, "nn_module.bin"), "wb") as file:
        file.write(leb128(len(state)))
        for name, values in state.items():
            file.write(leb128(len(name)) + name.encode() + leb128(types[values.dtype]) + leb128(values.dim()) + b"".join(map(leb128, values.shape)) + values.numpy().tobytes())
    model.eval()
    x = torch.ones(1, 1, 12, 12) * .5
    write("nn_module", {"input": tensor(x), "output": tensor(model(x))})


if __name__ == "__main__":
    write("nn_functional", {"cases": functional_cases()})
    write("nn_init", {"cases": init_cases()})
    write("nn_batch_norm", {"cases": batch_norm_cases()})
    write("nn_optim", {"cases": optimizer_cases()})
    write("nn_schedules", {"cases": schedule_cases()})
    write("nn_training", {"cases": training_cases()})
    module_file()
