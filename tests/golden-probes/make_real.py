#!/usr/bin/env python3
"""Writes real.json beside this file: what the probes find on the real image sets, by Pillow and scikit-learn.

    python3 make_real.py DATA_FOLDER

DATA_FOLDER holds covid-ct, covid-xray-224 and chest-xray-pneumonia-224. Made with Pillow 9.4 and scikit-learn 1.2.1, whose solver here
is the default lbfgs with its default tolerance, but up to 10,000 iterations. Forests have 300 trees and are grown with 15 seeds.
"""
import json
import os
import sys

import numpy
import PIL
import sklearn
from PIL import Image
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

DATA = sys.argv[1]


def folders(name, split, classes):
    root = os.path.join(DATA, name, split)
    return [(os.path.join(root, c, file), label) for label, c in enumerate(classes) for file in sorted(os.listdir(os.path.join(root, c)))]


def lists(split):
    root = os.path.join(DATA, "covid-ct")
    for label, c in enumerate(["CT_COVID", "CT_NonCOVID"]):
        with open(os.path.join(root, "Data-split", c[3:], f"{split}{c}.txt")) as file:
            for line in file.read().split("\n"):
                if line.strip():
                    yield os.path.join(root, c, line.strip()), label


def header(files):
    rows = []
    for path, _ in files:
        with Image.open(path) as image:
            rows.append((image.size[0], image.size[1], image.mode, image.format))
    return rows


def one_hot(rows, modes, formats):
    return numpy.array([[w, h] + [float(mode == m) for m in modes] + [float(format == f) for f in formats] for w, h, mode, format in rows], dtype=float)


def thumbnails(files):
    rows = []
    for path, _ in files:
        with Image.open(path) as image:
            rows.append(numpy.asarray(image.convert("RGB").convert("L").resize((8, 8), Image.LANCZOS), dtype=float).ravel())
    return numpy.array(rows)


def result(name, probe, train, train_labels, test, test_labels):
    scaler = StandardScaler().fit(train)
    model = LogisticRegression(C=1, max_iter=10000).fit(scaler.transform(train), train_labels)
    scores = model.predict_proba(scaler.transform(test))[:, 1]
    row = {
        "dataset": name,
        "probe": probe,
        "train": len(train_labels),
        "test": len(test_labels),
        "right": int((model.predict(scaler.transform(test)) == test_labels).sum()),
        "auc": float(roc_auc_score(test_labels, scores)),
        "majority": int((numpy.asarray(test_labels) == numpy.bincount(train_labels).argmax()).sum()),
    }
    print(row)
    return row


def forests(name, probe, train, train_labels, test, test_labels):
    right, auc = [], []
    for seed in range(15):
        model = RandomForestClassifier(300, random_state=seed).fit(train, train_labels)
        right.append(int((model.predict(test) == test_labels).sum()))
        auc.append(float(roc_auc_score(test_labels, model.predict_proba(test)[:, 1])))
    row = {"dataset": name, "probe": probe, "test": len(test_labels), "right": right, "auc": auc}
    print(row)
    return row


def run():
    sets = [
        ("covid-ct", list(lists("train")), list(lists("test"))),
        ("covid-xray", folders("covid-xray-224", "train", ["Covid", "Normal"]), folders("covid-xray-224", "test", ["Covid", "Normal"])),
        ("chest-xray-pneumonia", folders("chest-xray-pneumonia-224", "train", ["NORMAL", "PNEUMONIA"]), folders("chest-xray-pneumonia-224", "test", ["NORMAL", "PNEUMONIA"])),
    ]
    for name, train, test in sets:
        labels = [label for _, label in train], [label for _, label in test]
        rows = header(train), header(test)
        modes, formats = (sorted({row[i] for row in rows[0]}) for i in (2, 3))
        yield result(name, "header", one_hot(rows[0], modes, formats), labels[0], one_hot(rows[1], modes, formats), labels[1])
        yield result(name, "thumbnail", thumbnails(train), labels[0], thumbnails(test), labels[1])


if __name__ == "__main__":
    rows = list(run())
    files = list(lists("train")), list(lists("test"))
    headers = header(files[0]), header(files[1])
    kinds = [sorted({row[i] for row in headers[0]}) for i in (2, 3)]
    forest = forests("covid-ct", "header", one_hot(headers[0], *kinds), [label for _, label in files[0]], one_hot(headers[1], *kinds), [label for _, label in files[1]])
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "real.json")
    with open(path, "w") as file:
        json.dump({"scikit_learn": sklearn.__version__, "pillow": PIL.__version__, "rows": rows, "forest": forest}, file, indent=1)
        file.write("\n")
