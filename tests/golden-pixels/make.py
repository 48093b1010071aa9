"""Writes pixels.txt: what Pillow decodes from every picture of the shared data folder, as one short hash a file.

Usage: python3 make.py DATA_FOLDER      (needs Pillow over libjpeg-turbo; writes beside itself)

First line: the versions. Second line: the number of files and the SHA-256 of their names, which are relative to the data folder, with /
between folders, sorted by code point, each ended by a line feed. Then one line a file in that order: the first eight hexadecimal digits of the
SHA-256 of "WIDTHxHEIGHT\n" and the RGB bytes of convert("RGB"), row by row. The names themselves stay in the data folder's own manifest.
"""
import hashlib
import os
import sys
from multiprocessing import Pool

import PIL
from PIL import Image, features

HERE = os.path.dirname(os.path.abspath(__file__))
ENDINGS = (".jpg", ".jpeg", ".png")


def names_of(root):
    found = []
    for folder, _, files in os.walk(root, followlinks=True):
        found += [os.path.relpath(os.path.join(folder, file), root).replace(os.sep, "/") for file in files if file.lower().endswith(ENDINGS)]
    return sorted(found)


def hash_of(path):
    with Image.open(path) as image:
        return hashlib.sha256(f"{image.width}x{image.height}\n".encode() + image.convert("RGB").tobytes()).hexdigest()[:8]


def main(root):
    names = names_of(root)
    with Pool() as pool:
        hashes = pool.map(hash_of, [os.path.join(root, name) for name in names], chunksize=50)
    listed = hashlib.sha256("".join(name + "\n" for name in names).encode()).hexdigest()
    with open(os.path.join(HERE, "pixels.txt"), "w", encoding="ascii", newline="\n") as file:
        file.write(f"Pillow {PIL.__version__}, libjpeg-turbo {features.version('libjpeg_turbo')}, zlib {features.version('zlib')}\n")
        file.write(f"{len(names)} {listed}\n")
        file.writelines(f"{digest}\n" for digest in hashes)
    print(f"{len(names)} pictures")


if __name__ == "__main__":
    main(sys.argv[1])
