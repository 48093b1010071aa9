"""Writes samples.json: small images, and the numbers that each document's loader makes of them, computed by the document's own libraries.

Usage: python3 make.py      (needs torch, torchvision, OpenCV, Pillow and NumPy; writes beside itself)

torchvision draws its crops and flips from another generator, so the draws are made here by the rule that the kit documents (SplitMix64 started from
seed, purpose, epoch and index of the image; up to ten tries of area and ratio, then top, then left, then the coin of the flip). What is done with them
(resize, crop, resize, flip, ToTensor, Normalize) is torchvision's own code.
"""
import base64
import json
import math
import os

import cv2
import numpy as np
import PIL
import torch
import torchvision
from PIL import Image
from torchvision import transforms
from torchvision.transforms import functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
SIZE, SHORTER_SIDE, SEED, EPOCHS = 12, 18, 20210304, 3
MASK, STEP, AUGMENTATION = 2**64 - 1, 0x9E3779B97F4A7C15, 0x41554721


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class Stream:
    def __init__(self, *keys):
        self.state = 0
        for key in keys:
            self.state = mix((self.state + STEP) & MASK) ^ mix((key * STEP + 1) & MASK)

    def bits(self):
        self.state = (self.state + STEP) & MASK
        return mix(self.state)

    def uniform(self, lowest=0.0, highest=1.0):
        return lowest + (self.bits() >> 11) * 2.0**-53 * (highest - lowest)

    def below(self, n):
        return (self.bits() * n) >> 64


def draw_box(random, width, height, scale):
    low, high = (float(np.log(np.float32(ratio))) for ratio in (3 / 4, 4 / 3))
    for _ in range(10):
        area = width * height * float(np.float32(random.uniform(*scale)))
        ratio = float(np.exp(np.float32(random.uniform(low, high))))
        w, h = round(math.sqrt(area * ratio)), round(math.sqrt(area / ratio))
        if 0 < w <= width and 0 < h <= height:
            top = random.below(height - h + 1)
            return top, random.below(width - w + 1), h, w
    raise SystemExit("No box fits: choose other images, this script does not know the central crop.")


def scene(height, width, channels, phase):
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    planes = [128 + 90 * np.sin(x / 3 + phase + i) + 35 * np.cos(y * (1.1 + i) + x / 5) for i in range(channels)]
    return np.clip(np.stack(planes, axis=-1), 0, 255).astype(np.uint8)


def b64(array, kind):
    return base64.b64encode(np.ascontiguousarray(array).astype(kind).tobytes()).decode()


def hwc(tensor):
    return tensor.numpy().transpose(1, 2, 0)


def document3_training(image, epoch, index, normalize):
    random = Stream(SEED, AUGMENTATION, epoch, index)
    picture = transforms.Resize(SHORTER_SIDE)(Image.fromarray(image))
    top, left, h, w = draw_box(random, picture.width, picture.height, (0.5, 1.0))
    picture = F.resized_crop(picture, top, left, h, w, [SIZE, SIZE], transforms.InterpolationMode.BILINEAR)
    flipped = random.uniform() < 0.5
    picture = F.hflip(picture) if flipped else picture
    return (top, left, h, w, flipped), hwc(normalize(F.to_tensor(picture)))


def keras(image, mode, interpolation):
    return np.asarray(Image.fromarray(image).convert(mode).resize((SIZE, SIZE), interpolation), dtype=np.float32).reshape(SIZE, SIZE, -1)


identity = transforms.Normalize([0, 0, 0], [1, 1, 1])
imagenet = transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
images = [scene(29, 37, 3, 0.0), scene(41, 23, 3, 1.3), np.repeat(scene(20, 31, 1, 2.1), 3, axis=2)]
cases = []
for index, image in enumerate(images):
    case = {"height": image.shape[0], "width": image.shape[1], "rgb": b64(image, np.uint8), "expected": {}}
    expected = case["expected"]
    expected["document1.evaluation"] = cv2.resize(image, (SIZE, SIZE)) / 255.0
    expected["document2.evaluation"] = keras(image, "L", Image.NEAREST) * np.float32(1 / 255.0)
    expected["document3.evaluation"] = hwc(identity(F.to_tensor(transforms.Resize((SIZE, SIZE))(Image.fromarray(image)))))
    expected["document4.evaluation"] = keras(image, "RGB", Image.NEAREST)[..., ::-1] - np.array([103.939, 116.779, 123.68], dtype=np.float32)
    expected["document5.evaluation"] = keras(image, "RGB", Image.NEAREST) * np.float32(1 / 255.0)
    case["draws"] = []
    for epoch in range(EPOCHS):
        draws, expected[f"document3.training.{epoch}"] = document3_training(image, epoch, index, identity)
        _, expected[f"document3.training.imagenet.{epoch}"] = document3_training(image, epoch, index, imagenet)
        case["draws"].append(dict(zip(["top", "left", "height", "width", "flipped"], draws)))
    case["expected"] = {name: b64(values, "<f4") for name, values in expected.items()}
    cases.append(case)

with open(os.path.join(HERE, "samples.json"), "w", encoding="utf-8") as file:
    json.dump({
        "kind": "loader_samples",
        "computed_with": f"torch {torch.__version__}, torchvision {torchvision.__version__}, OpenCV {cv2.__version__}, Pillow {PIL.__version__}, numpy {np.__version__}",
        "note": "rgb: uint8, rows, columns, channels, base64; expected: little-endian float32, rows, columns, channels, base64. Tolerance 1e-6 of the largest value.",
        "size": SIZE, "shorter_side": SHORTER_SIDE, "seed": SEED, "epochs": EPOCHS, "cases": cases,
    }, file, indent=1)
    file.write("\n")
print(len(cases), "images,", sum(len(case["expected"]) for case in cases), "samples; flips:", [[draw["flipped"] for draw in case["draws"]] for case in cases])
