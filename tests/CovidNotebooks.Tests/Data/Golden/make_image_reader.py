"""Writes image_reader.json: small image files of every kind with the pixels that Pillow reads from them.

Run: python3 make_image_reader.py   (Pillow and numpy; made with the versions named in the file)
"""
import base64
import io
import json

import numpy as np
import PIL
from PIL import Image

rng = np.random.default_rng(20200401)
noise = rng.integers(0, 256, (13, 17, 4), dtype=np.uint8)
yy, xx = np.mgrid[0:24, 0:31]
smooth = np.stack([(xx * 8) % 256, (yy * 10) % 256, (xx + yy) * 4 % 256], -1).astype(np.uint8)
cases = []


def add(name, image, tolerance, **options):
    data = io.BytesIO()
    image.save(data, **options)
    read = Image.open(io.BytesIO(data.getvalue()))
    rgb = read.convert("RGB")
    cases.append({
        "name": name, "file_base64": base64.b64encode(data.getvalue()).decode(), "mode": read.mode, "width": rgb.width, "height": rgb.height,
        "tolerance": tolerance, "rgb": np.asarray(rgb).ravel().tolist(), "gray": np.asarray(read.convert("L")).ravel().tolist(),
    })


add("png rgb", Image.fromarray(noise[:, :, :3]), 0, format="PNG")
add("png gray", Image.fromarray(noise[:, :, 0]), 0, format="PNG")
add("png rgb and alpha", Image.fromarray(noise, "RGBA"), 0, format="PNG")
add("png gray and alpha", Image.fromarray(noise[:, :, :2], "LA"), 0, format="PNG")
add("png one bit", Image.fromarray(noise[:, :, 0]).convert("1"), 0, format="PNG")
add("png palette", Image.fromarray(noise[:, :, :3]).quantize(40), 0, format="PNG")
add("png palette of 4 bits", Image.fromarray(noise[:, :, :3]).quantize(12), 0, format="PNG", bits=4)
add("png palette with a transparent entry", Image.fromarray(noise[:, :, :3]).quantize(40), 0, format="PNG", transparency=3)
add("bmp rgb", Image.fromarray(noise[:, :, :3]), 0, format="BMP")
add("bmp gray", Image.fromarray(noise[:, :, 0]), 0, format="BMP")
add("bmp one bit", Image.fromarray(noise[:, :, 0]).convert("1"), 0, format="BMP")
add("bmp palette", Image.fromarray(noise[:, :, :3]).quantize(40), 0, format="BMP")
add("ppm", Image.fromarray(noise[:, :, :3]), 0, format="PPM")
add("pgm", Image.fromarray(noise[:, :, 0]), 0, format="PPM")
# Decoders differ by a few levels where chroma is upsampled.
add("jpeg rgb 4:4:4", Image.fromarray(smooth), 3, format="JPEG", quality=95, subsampling=0)
add("jpeg rgb 4:2:0", Image.fromarray(smooth), 12, format="JPEG", quality=90)
add("jpeg progressive", Image.fromarray(smooth), 12, format="JPEG", quality=90, progressive=True)
add("jpeg gray", Image.fromarray(smooth[:, :, 0]), 3, format="JPEG", quality=90)
add("jpeg cmyk", Image.fromarray(smooth).convert("CMYK"), 12, format="JPEG", quality=95)
exif = Image.Exif()
exif[0x0112] = 6
add("jpeg with an orientation that is not applied", Image.fromarray(smooth), 12, format="JPEG", quality=90, exif=exif)
json.dump({"kind": "image_reader", "computed_with": f"Pillow {PIL.__version__}, numpy {np.__version__}", "cases": cases}, open("image_reader.json", "w"), separators=(",", ":"))
