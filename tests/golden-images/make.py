"""Writes tiny synthetic pictures in every form that the decoders must read, and expected.json with their pixels as Pillow reads them.

Usage: python3 make.py      (needs Pillow over libjpeg-turbo, libtiff and libwebp, NumPy, and cjpeg of libjpeg-turbo; writes beside itself)

For PNG with 16 bits a channel, which Pillow narrows, the expected samples are the ones that were written.
"""
import base64
import json
import io
import os
import struct
import subprocess
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


def record(name, stored=None, words=None, channels=None, **facts):
    """Pillow's pixels; where Pillow does what the reader by its nature does not, the pixels that were stored."""
    image = Image.open(os.path.join(HERE, name))
    entry = {"file": name, "format": image.format, "width": image.width, "height": image.height, "bytes": os.path.getsize(os.path.join(HERE, name)), **facts}
    if stored is not None:
        entry["rgb"] = b64(stored, "u1")
    elif words is not None:
        entry["channels"] = channels
        entry["words"] = b64(words, "<u2")
    else:
        rgb = np.asarray(image.convert("RGB"))
        entry["rgb"] = b64(rgb, "u1")
        entry["mode"] = image.mode
    expected.append(entry)


def refused(name):
    """A file that the reader says no to, with a reason."""
    image = Image.open(os.path.join(HERE, name))
    expected.append({"file": name, "format": image.format, "width": image.width, "height": image.height, "bytes": os.path.getsize(os.path.join(HERE, name)), "refused": True})


def save(name, image, facts=None, **options):
    image.save(os.path.join(HERE, name), **options)
    record(name, **(facts or {}))


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


def gray_profile(gamma):
    """A small ICC profile of a grey device: a reader that manages colours moves every level."""
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    white = b"XYZ " + bytes(4) + struct.pack(">iii", 63190, 65536, 54061)
    text = b"desc" + bytes(4) + struct.pack(">I", 5) + b"gray\0" + bytes(78) + bytes(1)
    tags, data = b"", b""
    for name, content in ((b"desc", text), (b"wtpt", white), (b"kTRC", curve)):
        tags += name + struct.pack(">II", 128 + 4 + 36 + len(data), len(content))
        data += content
    header = struct.pack(">I", 128 + 4 + len(tags) + len(data)) + bytes(4) + struct.pack(">I", 0x02100000) + b"mntrGRAYXYZ " + bytes(12) + b"acsp" + bytes(28)
    header += struct.pack(">iii", 63190, 65536, 54061) + bytes(128 - 80)
    return header + struct.pack(">I", 3) + tags + data


def odd_jpegs():
    color = Image.fromarray(scene(3).astype(np.uint8))
    gray = Image.fromarray(scene(1)[..., 0].astype(np.uint8))
    save("gray-profile.jpg", gray, quality=90, icc_profile=gray_profile(1.0))
    plain = io.BytesIO()
    color.save(plain, "PPM")
    for name, options in (("restart.jpg", ["-restart", "1B", "-sample", "2x2"]), ("color-411.jpg", ["-sample", "4x1"]), ("color-440.jpg", ["-sample", "1x2"]),
                          ("arithmetic.jpg", ["-arithmetic"]), ("stored-rgb-ids.jpg", ["-rgb"]), ("odd-sampling.jpg", ["-sample", "2x2,1x2,2x1"])):
        with open(os.path.join(HERE, name), "wb") as file:
            file.write(subprocess.run(["cjpeg", "-quality", "80", *options], input=plain.getvalue(), stdout=subprocess.PIPE, check=True).stdout)
        record(name)


def odd_pngs():
    write_png("gamma.png", scene(3), 8, 2, extra=chunk(b"gAMA", struct.pack(">I", 100000)) + chunk(b"cHRM", struct.pack(">8I", 31270, 32900, 70800, 29200, 17000, 79700, 13100, 4600)))
    record("gamma.png", depth=8)
    write_png("profile.png", scene(1), 8, 0, extra=chunk(b"iCCP", b"gray\0\0" + zlib.compress(gray_profile(1.0))))
    record("profile.png", depth=8)
    write_png("gray-key.png", scene(1, 15), 4, 0, extra=chunk(b"tRNS", struct.pack(">H", 3)))
    record("gray-key.png", depth=4)
    write_png("rgb-key.png", scene(3), 8, 2, extra=chunk(b"tRNS", struct.pack(">3H", *(int(v) for v in scene(3)[2, 2]))))
    record("rgb-key.png", depth=8)
    palette = bytes(int(v) for v in np.linspace(0, 255, 48).round())
    write_png("palette-1-interlaced.png", scene(1, 1), 1, 3, interlaced=True, extra=chunk(b"PLTE", palette[6:12]))
    record("palette-1-interlaced.png", depth=1)


def bmp(name, width, height, bits, body, palette=b"", compression=0, masks=b"", **facts):
    """A bitmap by hand; a negative height stores rows from the top."""
    offset = 14 + 40 + len(masks) + len(palette)
    header = struct.pack("<2sIHHI", b"BM", offset + len(body), 0, 0, offset)
    header += struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, len(body), 2835, 2835, len(palette) // 4, 0)
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(header + masks + palette + body)
    record(name, **facts)


def odd_bmps():
    values = scene(3).astype(np.uint32)
    r, g, b = (values[..., i] for i in range(3))
    pad = lambda rows: b"".join(row + bytes(-len(row) % 4) for row in rows)
    bmp("top-down.bmp", WIDTH, -HEIGHT, 24, pad(row[:, ::-1].astype(np.uint8).tobytes() for row in values))
    bmp("color-555.bmp", WIDTH, HEIGHT, 16, pad(row.astype("<u2").tobytes() for row in ((r >> 3) << 10 | (g >> 3) << 5 | b >> 3)[::-1]), tolerance=1)
    bmp("color-565.bmp", WIDTH, HEIGHT, 16, pad(row.astype("<u2").tobytes() for row in ((r >> 3) << 11 | (g >> 2) << 5 | b >> 3)[::-1]), compression=3,
        masks=struct.pack("<III", 0xF800, 0x07E0, 0x001F), tolerance=1)
    entries = [(v, 255 - v, (7 * v) % 256, 0) for v in range(0, 256, 17)]
    palette = b"".join(bytes(entry) for entry in entries)
    index = scene(1, 15)[..., 0]
    packed = lambda row: bytes(int(a) << 4 | int(b) for a, b in zip(list(row) + [0], (list(row) + [0])[1:]))[::2]
    bmp("palette-4.bmp", WIDTH, HEIGHT, 4, pad(packed(row) for row in index[::-1]), palette)
    runs = b"".join(b"".join(bytes([1, int(v)]) for v in row) + b"\0\0" for row in index[::-1]) + b"\0\1"
    bmp("palette-rle8.bmp", WIDTH, HEIGHT, 8, runs, palette, compression=1)
    with open(os.path.join(HERE, "old-header.bmp"), "wb") as file:
        body = pad(row[:, ::-1].astype(np.uint8).tobytes() for row in values[::-1])
        file.write(struct.pack("<2sIHHI", b"BM", 26 + len(body), 0, 0, 26) + struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, 24) + body)
    record("old-header.bmp")


def gifs():
    color = Image.fromarray(scene(3).astype(np.uint8)).quantize(16)
    save("color.gif", color)
    save("interlaced.gif", color, interlace=True)
    # A transparent pixel has no colour: Skia gives black, Pillow the palette's entry.
    color.save(os.path.join(HERE, "transparent.gif"), transparency=3)
    with Image.open(os.path.join(HERE, "transparent.gif")) as image:
        kept = np.asarray(image.convert("RGBA"))
    record("transparent.gif", stored=kept[..., :3] * (kept[..., 3:] > 0))
    gray = Image.fromarray(scene(1)[..., 0].astype(np.uint8))
    save("animated.gif", gray, save_all=True, append_images=[Image.fromarray(255 - scene(1)[..., 0].astype(np.uint8))], duration=100)
    with open(os.path.join(HERE, "color.gif"), "rb") as file:
        data = bytearray(file.read())
    data[6:10] = struct.pack("<HH", WIDTH + 3, HEIGHT + 2)
    at = data.index(b"\x2c" + struct.pack("<HHHH", 0, 0, WIDTH, HEIGHT))
    data[at + 1:at + 5] = struct.pack("<HH", 2, 1)
    with open(os.path.join(HERE, "frame-inside.gif"), "wb") as file:
        file.write(data)
    canvas = np.zeros((HEIGHT + 2, WIDTH + 3, 3), np.uint8)  # What the frame leaves free is black; Pillow fills it with the first colour.
    canvas[1:1 + HEIGHT, 2:2 + WIDTH] = np.asarray(color.convert("RGB"))
    record("frame-inside.gif", stored=canvas)


def webps():
    color = Image.fromarray(scene(3).astype(np.uint8))
    alpha = Image.fromarray(scene(4).astype(np.uint8), "RGBA")
    save("color.webp", color, quality=80)
    save("lossless.webp", color, lossless=True)
    save("alpha.webp", alpha, quality=80, exact=True)
    save("alpha-lossless.webp", alpha, lossless=True, exact=True)
    save("animated.webp", color, save_all=True, append_images=[color.transpose(Image.FLIP_LEFT_RIGHT)], duration=100, lossless=True)


def packbits(data):
    """Literal runs alone: allowed, and enough for a reader to unpack."""
    return b"".join(bytes([len(part) - 1]) + part for part in (data[i:i + 128] for i in range(0, len(data), 128)))


def raw_tiff(name, order, bits, photometric, samples, packing=1, rows=HEIGHT, planes=False, predictor=1, more=(), damage=lambda strips: strips):
    """A TIFF from an array of samples (rows, columns, channels), in strips, either byte order."""
    def strip(part):
        values = part.astype(np.int64)
        if predictor == 2:
            values = np.concatenate([values[:, :1], np.diff(values, axis=1)], axis=1) % (1 << bits)
        if bits in (8, 16):
            data = values.astype(f"{order}u{bits // 8}").tobytes()
        else:
            lines = ("".join(format(int(v), f"0{bits}b") for v in line.reshape(-1)) for line in values)
            data = b"".join(int(line + "0" * (-len(line) % 8), 2).to_bytes((len(line) + 7) // 8, "big") for line in lines)
        return {1: bytes, 8: zlib.compress, 32773: packbits}[packing](data)

    channels = samples.shape[2]
    parts = [samples[..., i:i + 1] for i in range(channels)] if planes else [samples]
    strips = damage([strip(part[y:y + rows]) for part in parts for y in range(0, HEIGHT, rows)])
    body, offsets = b"", []
    for data in strips:
        offsets.append(8 + len(body))
        body += data + bytes(len(data) % 2)
    fields = {256: (WIDTH,), 257: (HEIGHT,), 258: (bits,) * channels, 259: (packing,), 262: (photometric,), 273: offsets, 277: (channels,), 278: (rows,),
              279: [len(data) for data in strips], **({284: (2,)} if planes else {}), **({317: (2,)} if predictor == 2 else {}), **dict(more)}
    entries, behind, at = b"", b"", 8 + len(body) + 2 + 12 * len(fields) + 4
    for tag, values in sorted(fields.items()):
        kind = 4 if tag in (256, 257, 273, 278, 279) else 3
        data = struct.pack(order + str(len(values)) + "HI"[kind - 3], *values)
        where = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack(order + "I", at + len(behind))
        behind += data + bytes(len(data) % 2) if len(data) > 4 else b""
        entries += struct.pack(order + "HHI", tag, kind, len(values)) + where
    with open(os.path.join(HERE, name), "wb") as file:
        file.write((b"MM" if order == ">" else b"II") + struct.pack(order + "HI", 42, 8 + len(body)) + body + struct.pack(order + "H", len(fields)))
        file.write(entries + bytes(4) + behind)


def tiffs():
    color = Image.fromarray(scene(3).astype(np.uint8))
    gray = Image.fromarray(scene(1)[..., 0].astype(np.uint8))
    save("color.tif", color)
    for compression in ("tiff_lzw", "tiff_adobe_deflate", "packbits"):
        save(f"color-{compression.removeprefix('tiff_').replace('_', '-')}.tif", color, compression=compression)
    save("gray.tif", gray)
    save("gray-predictor.tif", gray, compression="tiff_lzw", tiffinfo={317: 2})
    save("palette.tif", color.quantize(40), facts={"tolerance": 1})  # Pillow writes v * 256, which is not v * 257.
    save("alpha.tif", Image.fromarray(scene(4).astype(np.uint8), "RGBA"))
    save("two-pages.tif", gray, save_all=True, append_images=[color])
    color.save(os.path.join(HERE, "orientation-6.tif"), tiffinfo={274: 6})
    record("orientation-6.tif", stored=np.asarray(color))  # Pillow turns a TIFF by its tag; the reader only when asked.
    for name, image, options in (("cmyk.tif", Image.fromarray(scene(4).astype(np.uint8), "CMYK"), {}), ("bilevel-raw.tif", gray.convert("1"), {}),
                                 ("color-jpeg.tif", color, {"compression": "jpeg"}), ("bilevel-group4.tif", gray.convert("1"), {"compression": "group4"})):
        image.save(os.path.join(HERE, name), **options)
        refused(name)
    words = scene(1, 65535)
    Image.fromarray(words[..., 0]).save(os.path.join(HERE, "gray-16.tif"))
    record("gray-16.tif", words=words, channels=1, depth=16)
    raw_tiff("gray-16-big-endian.tif", ">", 16, 1, words)
    record("gray-16-big-endian.tif", words=words, channels=1, depth=16)
    raw_tiff("white-is-zero.tif", "<", 8, 0, scene(1))
    record("white-is-zero.tif")
    raw_tiff("white-is-zero-16.tif", "<", 16, 0, words)
    record("white-is-zero-16.tif", words=65535 - words, channels=1, depth=16)
    Image.fromarray((words[..., 0] / np.float32(65535)).astype(np.float32)).save(os.path.join(HERE, "float.tif"))
    refused("float.tif")
    more_tiffs()


def more_tiffs():
    """What microscopes and libtiff write besides; the samples as written where Pillow does not open the file."""
    for packing in ("tiff_lzw", "tiff_adobe_deflate", "packbits"):
        save(f"bilevel-{packing.removeprefix('tiff_').replace('_', '-')}.tif", Image.fromarray(scene(1)[..., 0].astype(np.uint8)).convert("1"), compression=packing)
    for order, kind in (("<", "little"), (">", "big")):
        raw_tiff(f"gray-1-{kind}.tif", order, 1, 1, scene(1, 1), 32773, rows=5)
        record(f"gray-1-{kind}.tif", depth=1)
        raw_tiff(f"gray-4-{kind}.tif", order, 4, 1, scene(1, 15), 8, rows=4)
        record(f"gray-4-{kind}.tif", depth=4)
        raw_tiff(f"palette-4-{kind}.tif", order, 4, 3, scene(1, 15), more={320: [int(v) * 257 for v in np.linspace(0, 255, 48).round()]}.items())
        record(f"palette-4-{kind}.tif", depth=4)
        words = scene(1, 4095)
        raw_tiff(f"gray-12-{kind}.tif", order, 12, 1, words, 8, rows=6)
        record_closed(f"gray-12-{kind}.tif", words, 4095)
        words = scene(1, 65535)
        raw_tiff(f"gray-16-predictor-{kind}.tif", order, 16, 1, words, 8, rows=4, predictor=2)
        record(f"gray-16-predictor-{kind}.tif", words=words, channels=1, depth=16)
        raw_tiff(f"rgb-planes-{kind}.tif", order, 8, 2, scene(3), 32773, rows=5, planes=True)
        record(f"rgb-planes-{kind}.tif", depth=8)
        words = scene(4, 65535)
        raw_tiff(f"rgba-16-{kind}.tif", order, 16, 2, words, 8, rows=6, predictor=2, more={338: (2,)}.items())
        record(f"rgba-16-{kind}.tif", words=words, channels=4, depth=16)
    raw_tiff("gray-2.tif", "<", 2, 0, scene(1, 3))
    record("gray-2.tif", depth=2)
    words = scene(1, 1023)
    raw_tiff("gray-10.tif", "<", 10, 1, words)
    record_closed("gray-10.tif", words, 1023)
    words = scene(1, 16383)
    raw_tiff("gray-14.tif", ">", 14, 0, 16383 - words)
    record_closed("gray-14.tif", words, 16383)
    raw_tiff("fourth-sample.tif", "<", 8, 2, scene(4))
    record("fourth-sample.tif")
    raw_tiff("refused-planes-predictor.tif", "<", 8, 2, scene(3), 8, planes=True, predictor=2)
    raw_tiff("refused-gray-alpha.tif", "<", 8, 1, scene(4)[..., :2], more={338: (2,)}.items())
    raw_tiff("refused-associated-alpha.tif", "<", 8, 2, scene(4), more={338: (1,)}.items())
    raw_tiff("refused-unknown-sample.tif", "<", 8, 2, scene(4), more={338: (0,)}.items())
    raw_tiff("refused-fill-order.tif", "<", 8, 1, scene(1), more={266: (2,)}.items())
    raw_tiff("refused-signed.tif", "<", 16, 1, scene(1, 32767), more={339: (2,)}.items())
    raw_tiff("refused-tiles.tif", "<", 8, 1, scene(1), more={322: (16,), 323: (16,), 324: (8,), 325: (1,)}.items())
    raw_tiff("refused-luma-chroma.tif", "<", 8, 6, scene(3))
    for name in ("planes-predictor", "gray-alpha", "associated-alpha", "unknown-sample", "fill-order", "signed", "tiles", "luma-chroma"):
        closed(f"refused-{name}.tif", refused=True)
    with open(os.path.join(HERE, "refused-big.tif"), "wb") as file:
        file.write(b"II" + struct.pack("<HHHQQ", 43, 8, 0, 16, 0))
    closed("refused-big.tif", refused=True)
    raw_tiff("damaged-deflate.tif", "<", 8, 1, scene(1), 8, rows=5, damage=lambda strips: [strips[0], zlib.compress(bytes(WIDTH)), strips[2]])
    raw_tiff("damaged-packbits.tif", "<", 8, 1, scene(1), 32773, rows=5, damage=lambda strips: [strips[0], strips[1][:40], strips[2]])
    raw_tiff("damaged-strips.tif", "<", 8, 1, scene(1), 8, rows=5, damage=lambda strips: strips[:2])
    for name in ("deflate", "packbits", "strips"):
        closed(f"damaged-{name}.tif", damaged=True)


def closed(name, **facts):
    """A file that Pillow does not open, or not as its words say."""
    expected.append({"file": name, "format": "TIFF", "width": WIDTH, "height": HEIGHT, "bytes": os.path.getsize(os.path.join(HERE, name)), **facts})


def record_closed(name, words, maximum):
    closed(name, channels=1, words=b64(words, "<u2"), maximum=maximum)


def pnms():
    color, gray = scene(3).astype(np.uint8), scene(1)[..., 0].astype(np.uint8)
    save("color.ppm", Image.fromarray(color))
    save("gray.pgm", Image.fromarray(gray))
    save("bilevel.pbm", Image.fromarray(gray).convert("1"))

    def write(name, head, body, **facts):
        with open(os.path.join(HERE, name), "wb") as file:
            file.write(head + body)
        record(name, **facts)

    text = lambda array: "\n".join(" ".join(str(int(v)) for v in row.reshape(-1)) for row in array).encode() + b"\n"
    write("color-text.ppm", b"P3\n# in words\n%d %d\n255\n" % (WIDTH, HEIGHT), text(color))
    write("gray-text.pgm", b"P2\n%d %d\n255\n" % (WIDTH, HEIGHT), text(gray))
    write("bilevel-text.pbm", b"P1\n%d %d\n" % (WIDTH, HEIGHT), text(scene(1, 1)[..., 0]))
    write("gray-15.pgm", b"P5\n%d %d\n15\n" % (WIDTH, HEIGHT), scene(1, 15).astype(np.uint8).tobytes())
    words = scene(1, 65535)
    write("gray-16.pgm", b"P5 %d %d 65535\n" % (WIDTH, HEIGHT), words.astype(">u2").tobytes(), words=words, channels=1, depth=16)
    words = scene(1, 4095)
    write("gray-12.pgm", b"P5 %d %d 4095\n" % (WIDTH, HEIGHT), words.astype(">u2").tobytes(), words=words, channels=1, depth=16, maximum=4095)


def bmps():
    color = Image.fromarray(scene(3).astype(np.uint8))
    save("color-24.bmp", color)
    save("color-32.bmp", color.convert("RGBA"))
    save("gray-8.bmp", color.convert("L"))
    save("one-bit.bmp", color.convert("1"))


jpegs()
odd_jpegs()
pngs()
odd_pngs()
bmps()
odd_bmps()
gifs()
webps()
tiffs()
pnms()
with open(os.path.join(HERE, "expected.json"), "w", encoding="utf-8", newline="\n") as file:
    json.dump({"pillow": PIL.__version__, "pictures": expected}, file, indent=1)
    file.write("\n")
