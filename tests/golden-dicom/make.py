"""Writes tiny made-up DICOM files of the kinds that the reader must read or refuse, and expected.json with their pixels.

Usage: python3 make.py      (needs pydicom, NumPy, Pillow and dcmtk's dcmconv, dcmcjpeg, dcmcrle and dcm2pnm; writes beside itself)

"levels" are pydicom's modality and VOI transformation (apply_modality_lut, apply_voi_lut), or the range of the bits stored where a file has no window, brought
to 0 to 255 and rounded; inverted for MONOCHROME1. "dcmtk" are the grey levels that dcm2pnm writes with the file's first window.
The patients do not exist.
"""
import base64
import io
import json
import os
import subprocess
import tempfile

import numpy as np
import pydicom
from PIL import Image
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.pixel_data_handlers.util import apply_modality_lut, apply_voi_lut
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian

HERE = os.path.dirname(os.path.abspath(__file__))
WIDTH, HEIGHT = 18, 12
expected = []


def scene(low, high):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    disc = np.where((x - 9) ** 2 + (y - 6) ** 2 < 16, 0.4, 0)
    return np.rint(low + (high - low) * np.clip(0.6 * x / (WIDTH - 1) + disc * y / (HEIGHT - 1) + 0.02 * ((x * y) % 3) - 0.02, 0, 1)).astype(np.int64)


def b64(array):
    return base64.b64encode(np.ascontiguousarray(array).astype("u1").tobytes()).decode()


def dataset(pixels, photometric="MONOCHROME2", allocated=16, stored=16, high=None, signed=False, planar=0, **elements):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    meta.MediaStorageSOPInstanceUID = "1.2.3.4"
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    made.is_little_endian, made.is_implicit_VR = True, False
    made.SOPClassUID, made.SOPInstanceUID, made.StudyInstanceUID, made.SeriesInstanceUID = meta.MediaStorageSOPClassUID, "1.2.3.4", "1.2.3", elements.pop("series", "1.2.3.1")
    made.PatientName, made.PatientID, made.Modality = "Nobody^At All", elements.pop("patient", "made-up-1"), "OT"
    made.Rows, made.Columns, made.SamplesPerPixel, made.PhotometricInterpretation = HEIGHT, WIDTH, 3 if photometric == "RGB" else 1, photometric
    made.BitsAllocated, made.BitsStored, made.HighBit, made.PixelRepresentation = allocated, stored, stored - 1 if high is None else high, int(signed)
    if photometric == "RGB":
        made.PlanarConfiguration = planar
    for name, value in elements.items():
        setattr(made, name, value)
    made.PixelData = np.ascontiguousarray(pixels).astype(("<i" if signed else "<u") + str(allocated // 8)).tobytes()
    return made


def dcmtk(tool, *arguments):
    subprocess.run([tool, *arguments], check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def levels_of(made):
    stored = made.pixel_array.astype(np.float64)
    if made.SamplesPerPixel == 3:
        return stored
    values = apply_modality_lut(made.pixel_array, made)
    if "WindowWidth" in made:
        shown = apply_voi_lut(values, made, 0).astype(np.float64)
        # pydicom spreads the window over the range of the stored values in units.
        bits = made.BitsStored
        low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if made.PixelRepresentation else (0, 2 ** bits - 1)
        slope, intercept = float(made.get("RescaleSlope", 1)), float(made.get("RescaleIntercept", 0))
        low, high = low * slope + intercept, high * slope + intercept
    else:
        shown, bits = stored, made.BitsStored
        low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if made.PixelRepresentation else (0, 2 ** bits - 1)
    levels = np.floor((shown - low) * 255 / (high - low) + 0.5)
    return 255 - levels if made.PhotometricInterpretation == "MONOCHROME1" else levels


def record(name, levels=None, window=False):
    path = os.path.join(HERE, name)
    made = pydicom.dcmread(path)
    entry = {"file": name, "width": WIDTH, "height": HEIGHT, "levels": b64(levels_of(made) if levels is None else levels)}
    if window:
        with tempfile.TemporaryDirectory() as folder:
            dcmtk("dcm2pnm", "+Wi", "1", "+op", path, os.path.join(folder, "a.pgm"))
            entry["dcmtk"] = b64(np.asarray(Image.open(os.path.join(folder, "a.pgm"))))
    expected.append(entry)


def save(name, made, **facts):
    made.save_as(os.path.join(HERE, name), write_like_original=False)
    record(name, **facts)


def refused(name, why, made=None, tool=None):
    """With a tool: dcmtk's program makes of the file one that the reader reads, with the pixels of the source."""
    if made is not None:
        made.save_as(os.path.join(HERE, name), write_like_original=False)
    entry = {"file": name, "refused": why}
    if tool is not None:
        entry["tool"] = tool
        with tempfile.TemporaryDirectory() as folder:
            read = os.path.join(folder, "a.dcm")
            dcmtk(*tool.split(), os.path.join(HERE, name), read)
            assert pydicom.dcmread(read).file_meta.TransferSyntaxUID == ExplicitVRLittleEndian
    expected.append(entry)


def convert(source, name, tool, *options, read=True, **facts):
    dcmtk(tool, *options, os.path.join(HERE, source), os.path.join(HERE, name))
    if read:
        record(name, **facts)


ct = dict(signed=True, RescaleSlope="1", RescaleIntercept="-1024", WindowCenter="40", WindowWidth="400")
save("ct-explicit.dcm", dataset(scene(0, 2400), **ct), window=True)
convert("ct-explicit.dcm", "ct-implicit.dcm", "dcmconv", "+ti", window=True)
save("ct-negative.dcm", dataset(scene(-1500, 1500), signed=True, RescaleSlope="0.5", RescaleIntercept="10", WindowCenter=["-600", "40"], WindowWidth=["1500", "400"]), window=True)
save("signed-12.dcm", dataset(scene(-2048, 2047), stored=12, signed=True))
save("mono1-12.dcm", dataset(scene(0, 4095), "MONOCHROME1", stored=12))
save("mono1-window.dcm", dataset(scene(0, 4095), "MONOCHROME1", stored=12, WindowCenter="2000", WindowWidth="1800", patient="made-up-2", series="1.2.3.2"), window=True)
save("exact-window.dcm", dataset(scene(0, 1023), stored=10, WindowCenter="500", WindowWidth="600", VOILUTFunction="LINEAR_EXACT"))
save("high-bit-15.dcm", dataset(scene(0, 4095) << 4, stored=12, high=15), levels=np.floor(scene(0, 4095) * 255 / 4095 + 0.5))
gray_table = Dataset()
gray_table.LUTDescriptor, gray_table.LUTData = [2, 0, 8], b"\0\1"
save("gray-table.dcm", dataset(scene(0, 4095), stored=12, VOILUTSequence=Sequence([gray_table])))
save("mono1-inverse.dcm", dataset(scene(0, 4095), "MONOCHROME1", stored=12, PresentationLUTShape="INVERSE"))
save("signed-16.dcm", dataset(scene(-1024, 2000), signed=True), levels=np.floor((scene(-1024, 2000) + 2048) * 255 / 4095 + 0.5))  # 12 bits are used.
save("gray-8.dcm", dataset(scene(0, 255), allocated=8, stored=8))
color = np.stack([scene(0, 255), scene(255, 0), scene(40, 200)], axis=-1)
save("rgb.dcm", dataset(color, "RGB", 8, 8), levels=color)
save("rgb-planes.dcm", dataset(np.moveaxis(color, -1, 0), "RGB", 8, 8, planar=1), levels=color)

# Sequences inside sequences, of both kinds of length, private elements, and what is unknown.
nested = dataset(scene(0, 4095), stored=12)
inner = Dataset()
inner.CodeValue, inner.CodeMeaning = "1", "made up"
outer = Dataset()
outer.ConceptNameCodeSequence = Sequence([inner, inner])
outer.Rows = 3  # Belongs to the item, not to the picture.
nested.RequestAttributesSequence = Sequence([outer])
nested.add_new(0x00090010, "LO", "NOBODY")
nested.add_new(0x00091001, "UN", b"\0\1\2\3")
nested.IconImageSequence = Sequence([dataset(scene(0, 255), allocated=8, stored=8)])
save("sequences.dcm", nested)
convert("sequences.dcm", "sequences-undefined.dcm", "dcmconv", "+te", "-e")
convert("sequences.dcm", "sequences-implicit.dcm", "dcmconv", "+ti", "-e")


def jpeg_levels(name):
    """What Pillow reads from the one fragment."""
    made = pydicom.dcmread(os.path.join(HERE, name))
    return np.asarray(Image.open(io.BytesIO(next(pydicom.encaps.generate_pixel_data_frame(made.PixelData, 1)))).convert("RGB" if made.SamplesPerPixel == 3 else "L"))


for source, name in (("gray-8.dcm", "jpeg-gray.dcm"), ("rgb.dcm", "jpeg-color.dcm")):
    convert(source, name, "dcmcjpeg", "+eb", read=False)
    record(name, levels=jpeg_levels(name))

convert("signed-12.dcm", "refused-jpeg-lossless.dcm", "dcmcjpeg", "+e1", read=False)
refused("refused-jpeg-lossless.dcm", "JPEG lossless", tool="dcmdjpeg")
convert("mono1-12.dcm", "refused-jpeg-extended.dcm", "dcmcjpeg", "+ee", read=False)
refused("refused-jpeg-extended.dcm", "JPEG extended", tool="dcmdjpeg")
convert("gray-8.dcm", "refused-rle.dcm", "dcmcrle", read=False)
refused("refused-rle.dcm", "RLE", tool="dcmdrle")
convert("gray-8.dcm", "refused-big-endian.dcm", "dcmconv", "+tb", read=False)
refused("refused-big-endian.dcm", "big endian", tool="dcmconv +te")
convert("gray-8.dcm", "refused-deflated.dcm", "dcmconv", "+td", read=False)
refused("refused-deflated.dcm", "deflated", tool="dcmconv +te")
convert("mono1-12.dcm", "refused-jpeg-ls.dcm", "dcmcjpls", read=False)
refused("refused-jpeg-ls.dcm", "JPEG-LS", tool="dcmdjpls")
refused("refused-inverse.dcm", "MONOCHROME2 with the presentation LUT shape INVERSE", dataset(scene(0, 4095), stored=12, PresentationLUTShape="INVERSE"))
refused("refused-frames.dcm", "2 frames", dataset(np.stack([scene(0, 255)] * 2), allocated=8, stored=8, NumberOfFrames=2))
refused("refused-palette.dcm", "PALETTE COLOR", dataset(scene(0, 255), "PALETTE COLOR", allocated=8, stored=8))
refused("refused-sigmoid.dcm", "SIGMOID", dataset(scene(0, 4095), stored=12, WindowCenter="2000", WindowWidth="1800", VOILUTFunction="SIGMOID"))
table = Dataset()
table.LUTDescriptor, table.ModalityLUTType, table.LUTData = [2, 0, 16], "US", b"\0\0\1\0"
refused("refused-table.dcm", "modality LUT", dataset(scene(0, 1), ModalityLUTSequence=Sequence([table])))
refused("refused-slope.dcm", "slope -1", dataset(scene(0, 4095), stored=12, RescaleSlope="-1", RescaleIntercept="0"))
report = dataset(scene(0, 1))
del report.PixelData
refused("refused-no-picture.dcm", "no picture", report)

with open(os.path.join(HERE, "expected.json"), "w", encoding="utf-8", newline="\n") as file:
    json.dump({"pydicom": pydicom.__version__, "pictures": expected}, file, indent=1)
    file.write("\n")
