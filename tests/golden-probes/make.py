#!/usr/bin/env python3
"""Writes logistic.json beside this file: logistic regressions on standardised features as scikit-learn computes them.

    python3 make.py

Made with scikit-learn 1.2.1. The solver is newton-cholesky with a tolerance of 1e-14, so that the numbers are those of the
minimum and not of the place where lbfgs stops.
"""
import json
import os

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def case(name, train, labels, test, c=1.0):
    scaler = StandardScaler().fit(train)
    model = LogisticRegression(C=c, solver="newton-cholesky", tol=1e-14, max_iter=10000).fit(scaler.transform(train), labels)
    return {
        "name": name,
        "c": c,
        "train": train.tolist(),
        "labels": [int(label) for label in labels],
        "test": test.tolist(),
        "means": scaler.mean_.tolist(),
        "scales": scaler.scale_.tolist(),
        "weights": model.coef_[0].tolist(),
        "intercept": float(model.intercept_[0]),
        "probabilities": model.predict_proba(scaler.transform(test))[:, 1].tolist(),
    }


def cases():
    random = numpy.random.RandomState(7)

    x = numpy.round(random.randn(60, 3) * [1, 50, 0.02] + [0, 300, 5], 4)
    y = (x[:, 0] + (x[:, 1] - 300) / 40 + random.randn(60) > 0).astype(int)
    t = numpy.round(random.randn(12, 3) * [1, 50, 0.02] + [0, 300, 5], 4)
    yield case("three features of different units", x, y, t)
    yield case("strong penalty", x, y, t, 0.01)
    yield case("weak penalty", x, y, t, 1000.0)

    x = numpy.array([[1.0], [2.0], [3.0], [4.0], [6.0], [7.0], [8.0], [9.0]])
    y = (x[:, 0] > 5).astype(int)
    t = numpy.array([[0.0], [5.0], [5.5], [100.0]])
    yield case("fully separated", x, y, t)
    yield case("fully separated, weak penalty", x, y, t, 1e6)

    x = numpy.round(random.randn(80, 2), 4)
    y = numpy.zeros(80, dtype=int)
    y[:4] = 1
    yield case("4 of 80 positive", x, y, numpy.round(random.randn(5, 2), 4))

    x = numpy.round(random.randn(30, 4), 4)
    x[:, 1] = 0.1
    x[:, 3] = x[:, 0]
    y = (x[:, 2] > 0.2).astype(int)
    t = numpy.round(random.randn(6, 4), 4)
    t[:, 1] = 0.1
    yield case("a feature that does not vary, and one twice", x, y, t)

    kinds = random.randint(0, 3, 50)
    x = numpy.column_stack([numpy.round(random.rand(50) * 800), kinds == 0, kinds == 1, kinds == 2]).astype(float)
    y = ((kinds == 1) | (random.rand(50) > 0.8)).astype(int)
    t = numpy.array([[100.0, 1, 0, 0], [700.0, 0, 1, 0], [350.0, 0, 0, 0]])
    yield case("one-hot columns, and a row of none of them", x, y, t)

    x = random.randint(0, 256, (40, 64)).astype(float)
    y = random.randint(0, 2, 40)
    yield case("more features than rows", x, y, random.randint(0, 256, (5, 64)).astype(float))


path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "logistic.json")
with open(path, "w") as file:
    json.dump({"scikit_learn": sklearn.__version__, "tolerance": 1e-7, "cases": list(cases())}, file)
    file.write("\n")
