#!/usr/bin/env python3
"""Writes lanczos.json beside this file: small images of random bytes, resized by Pillow's LANCZOS.

    python3 make_lanczos.py

Made with Pillow 9.4.
"""
import json
import os

import numpy
import PIL
from PIL import Image

random = numpy.random.RandomState(5)
cases = []
for width, height, channels, to_width, to_height in [(37, 29, 1, 8, 8), (20, 14, 3, 8, 8), (5, 4, 1, 8, 8), (60, 3, 1, 8, 8), (8, 30, 1, 8, 8), (9, 7, 3, 20, 3), (1, 1, 1, 8, 8), (64, 64, 1, 1, 1)]:
    # Half of the bytes are black or white, so that the filter's negative lobes have to be clipped.
    pixels = numpy.where(random.rand(height, width, channels) < 0.5, random.choice([0, 255], (height, width, channels)), random.randint(0, 256, (height, width, channels))).astype(numpy.uint8)
    image = Image.fromarray(pixels if channels == 3 else pixels[:, :, 0])
    cases.append({
        "width": width, "height": height, "channels": channels, "to_width": to_width, "to_height": to_height,
        "pixels": pixels.ravel().tolist(),
        "expected": numpy.asarray(image.resize((to_width, to_height), Image.LANCZOS)).ravel().tolist(),
    })

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lanczos.json")
with open(path, "w") as file:
    json.dump({"pillow": PIL.__version__, "cases": cases}, file)
    file.write("\n")
