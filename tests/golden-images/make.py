"""Writes tiny synthetic pictures in every form that the decoders must read, and expected.json with their pixels as Pillow reads them.

Usage: python3 make.py      (needs Pillow over libjpeg-turbo and NumPy; writes beside itself)

For PNG with 16 bits a channel, which Pillow narrows, the expected samples are the ones that were written.
"""
import base64
import json
import os
import struct
import zlib

import numpy as np
import PIL
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTH, HEIGHT = 19, 13
expected = []


def scene(channels, maximum=255):
    """Smooth slopes, an edge and a little fixed noise: nothing that compresses to nothing."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    planes = [
        0.1 + 0.8 * x / WIDTH,
        0.9 - 0.7 * y / HEIGHT + 0.1 * np.sin(x),
        np.where((x - 9) ** 2 + (y - 6) ** 2 < 16, 0.9, 0.2) + 0.05 * np.cos(3 * x + y),
        0.25 + 0.5 * ((x + y) % 5) / 5,
    ]
    planes = planes[2:3] if channels == 1 else planes[:channels]
    return np.clip(np.stack(planes, axis=-1) * maximum + 0.5, 0, maximum).astype(np.uint16)


def b64(array, kind):
    return base64.b64encode(np.ascontiguousarray(array).astype(kind).tobytes()).decode()


def record(name, image=None, words=None, channels=None, **facts):
    image = image or Image.open(os.path.join(HERE, name))
    entry = {"file": name, "format": image.format, "width": image.width, "height": image.height, "bytes": os.path.getsize(os.path.join(HERE, name)), **facts}
    if words is not None:
        entry["channels"] = channels
        entry["words"] = b64(words, "<u2")
    else:
        rgb = np.asarray(image.convert("RGB"))
        entry["rgb"] = b64(rgb, "u1")
        if name.startswith("color"):
            r, g, b = (rgb[..., i].astype(np.float32) for i in range(3))
            weights = np.float32([0.2126, 0.7152, 0.0722])
            luminance = (r * weights[0] + g * weights[1] + b * weights[2] + np.float32(0.5)).astype(np.uint8)
            entry["luminance"] = b64(luminance, "u1")
        if image.mode == "L":
            entry["gray"] = b64(np.asarray(image), "u1")
        if image.format == "PNG" and (image.mode in ("LA", "RGBA") or "transparency" in image.info):
            entry["rgba"] = b64(np.asarray(image.convert("RGBA")), "u1")
    expected.append(entry)


def save(name, image, **options):
    image.save(os.path.join(HERE, name), **options)
    record(name)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def write_png(name, samples, depth, color, interlaced=False, extra=b""):
    """A PNG from an array of samples (rows, columns, channels), without filters."""
    height, width = samples.shape[:2]

    def rows(part):
        out = b""
        for line in part:
            values = line.reshape(-1)
            if depth == 16:
                out += b"\0" + values.astype(">u2").tobytes()
            elif depth == 8:
                out += b"\0" + values.astype("u1").tobytes()
            else:
                bits = "".join(format(int(v), f"0{depth}b") for v in values)
                bits += "0" * (-len(bits) % 8)
                out += b"\0" + bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))
        return out

    if interlaced:
        data = b""
        for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
            part = samples[y0::dy, x0::dx]
            if part.size:
                data += rows(part)
    else:
        data = rows(samples)
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b""))


def with_adobe(source, name, transform):
    """The same scan under an Adobe marker that names another colour space: 0 as stored, 1 YCbCr, 2 YCCK."""
    with open(os.path.join(HERE, source), "rb") as file:
        data = file.read()
    kept, at = data[:2] + b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00" + bytes([transform]), 2
    while data[at + 1] != 0xDA:
        length = 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
        if data[at + 1] not in (0xE0, 0xEE):
            kept += data[at:at + length]
        at += length
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(kept + data[at:])
    record(name)


def jpegs():
    color = Image.fromarray(scene(3).astype(np.uint8))
    gray = Image.fromarray(scene(1)[..., 0].astype(np.uint8))
    save("gray.jpg", gray, quality=90)
    save("color-444.jpg", color, quality=85, subsampling=0)
    save("color-422.jpg", color, quality=85, subsampling=1)
    save("color-420.jpg", color, quality=75, subsampling=2)
    save("progressive-420.jpg", color, quality=80, subsampling=2, progressive=True)
    save("progressive-gray.jpg", gray, quality=80, progressive=True)
    save("cmyk.jpg", Image.fromarray(scene(4).astype(np.uint8), "CMYK"), quality=90)
    with_adobe("cmyk.jpg", "ycck.jpg", transform=2)
    with_adobe("color-444.jpg", "stored-as-rgb.jpg", transform=0)
    save("low-quality-dpi.jpg", color, quality=10, dpi=(300, 150))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0131] = "make.py"
    save("orientation-6.jpg", color, quality=95, subsampling=0, exif=exif)


def pngs():
    for depth in (1, 2, 4, 8):
        samples = scene(1, (1 << depth) - 1)
        write_png(f"gray-{depth}.png", samples, depth, 0)
        record(f"gray-{depth}.png", depth=depth)
    palette = bytes(int(v) for v in np.linspace(0, 255, 48).round()) [::-1]
    for depth in (2, 4):
        samples = scene(1, (1 << depth) - 1)
        write_png(f"palette-{depth}.png", samples, depth, 3, extra=chunk(b"PLTE", palette[:3 << depth]))
        record(f"palette-{depth}.png", depth=depth)
    save("palette-8.png", Image.fromarray(scene(3).astype(np.uint8)).quantize(40))
    write_png("palette-alpha.png", scene(1, 3), 2, 3, extra=chunk(b"PLTE", palette[:12]) + chunk(b"tRNS", bytes([0, 80, 255])))
    record("palette-alpha.png", depth=2)
    for channels, color, name in ((1, 0, "gray"), (2, 4, "gray-alpha"), (3, 2, "rgb"), (4, 6, "rgba")):
        if channels > 1:
            write_png(f"{name}-8.png", scene(channels), 8, color)
            record(f"{name}-8.png", depth=8)
        write_png(f"{name}-8-interlaced.png", scene(channels), 8, color, interlaced=True)
        record(f"{name}-8-interlaced.png", depth=8)
        words = scene(channels, 65535)
        write_png(f"{name}-16.png", words, 16, color)
        record(f"{name}-16.png", words=words, channels=channels, depth=16)
    words = scene(1, 65535)
    write_png("gray-16-interlaced.png", words, 16, 0, interlaced=True)
    record("gray-16-interlaced.png", words=words, channels=1, depth=16)
    save("filtered-rgb-dpi.png", Image.fromarray(np.kron(scene(3).astype(np.uint8), np.ones((2, 2, 1), np.uint8))), dpi=(72, 72))
    exif = Image.Exif()
    exif[0x0112] = 3
    save("orientation-3.png", Image.fromarray(scene(3).astype(np.uint8)), exif=exif)


def bmps():
    color = Image.fromarray(scene(3).astype(np.uint8))
    save("color-24.bmp", color)
    save("color-32.bmp", color.convert("RGBA"))
    save("gray-8.bmp", color.convert("L"))
    save("one-bit.bmp", color.convert("1"))


jpegs()
pngs()
bmps()
with open(os.path.join(HERE, "expected.json"), "w", encoding="utf-8", newline="\n") as file:
    json.dump({"pillow": PIL.__version__, "pictures": expected}, file, indent=1)
    file.write("\n")
