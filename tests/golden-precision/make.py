"""Writes autocast.json: how far PyTorch's own mixed precision moves logits and gradients of deep networks with batch normalisation.

Usage: python3 make.py      (needs PyTorch and torchvision; writes beside itself)

Random weights, four images of noise of 64 x 64, dropout off, normalisations in training mode; the loss is the sum of the squared
logits. For each network the mean over five seeds of: the norm of the logits' difference between autocast to bfloat16 and float32, divided
by the norm in float32; the cosine between the two gradients of all weights.
"""
import contextlib
import json
import os

import torch
import torchvision

SEEDS = 5


def answers(net, images, context):
    net.zero_grad()
    with context:
        logits = net(images)
    logits.float().square().sum().backward()
    return logits.detach().float(), torch.cat([weight.grad.flatten() for weight in net.parameters()])


def apart(make, seed):
    torch.manual_seed(seed)
    net = make(num_classes=2).train()
    for layer in net.modules():
        if isinstance(layer, torch.nn.Dropout):
            layer.eval()
    images = torch.rand(4, 3, 64, 64)
    (full, of_full), (rounded, of_rounded) = (
        answers(net, images, context) for context in (contextlib.nullcontext(), torch.autocast("cpu", torch.bfloat16)))
    return ((rounded - full).norm() / full.norm()).item(), torch.nn.functional.cosine_similarity(of_full, of_rounded, dim=0).item()


def means(make):
    pairs = [apart(make, seed) for seed in range(1, SEEDS + 1)]
    return dict(zip(("logits", "cosine"), (round(sum(values) / SEEDS, 4) for values in zip(*pairs))))


if __name__ == "__main__":
    found = {"torch": torch.__version__, "vgg19_bn": means(torchvision.models.vgg19_bn), "resnet18": means(torchvision.models.resnet18)}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "autocast.json"), "w") as file:
        file.write(json.dumps(found, indent=2) + "\n")
