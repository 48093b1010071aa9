"""Golden values for LabelErrors, by the definitions of Northcutt, Jiang and Chuang (JAIR 70, 2021), with exact fractions instead of arrays.

Equation 1: C[i][j] counts the examples labelled i whose score of j is at least t[j], j being the largest such score.
Equation 2: t[j] is the mean score of j over the examples labelled j.
Equation 3: the joint Q[i][j] = (C[i][j] / sum_j C[i][j] * |X labelled i|), scaled to sum to one.

Run:  python3 confident_learning.py > golden.json      (any Python 3, no package)
"""

import json
import random
from fractions import Fraction


def confident_learning(scores, labels, classes):
    scores = [[Fraction(s).limit_denominator(1000) for s in row] for row in scores]
    t = []
    for j in range(classes):
        own = [row[j] for row, y in zip(scores, labels) if y == j]
        t.append(sum(own) / len(own))
    joint = [[0] * classes for _ in range(classes)]
    errors = []
    for n, (row, y) in enumerate(zip(scores, labels)):
        bin_of = [j for j in range(classes) if row[j] >= t[j]]
        if bin_of:
            j = max(bin_of, key=lambda k: (row[k], -k))
            joint[y][j] += 1
            if j != y:
                errors.append(n)
    rows = [sum(row) for row in joint]
    calibrated = [[Fraction(joint[i][j], rows[i]) * labels.count(i) if rows[i] else Fraction(0) for j in range(classes)] for i in range(classes)]
    total = sum(map(sum, calibrated))
    # Off-diagonal share of the joint, times the number of examples in calibrated rows.
    wrong = sum(calibrated[i][j] for i in range(classes) for j in range(classes) if i != j) / total * total
    return {"thresholds": [float(x) for x in t], "joint": joint, "errors": errors, "estimated": float(wrong)}


random.seed(2021)
cases = []
for classes, count, noise in ((2, 40, 0.15), (3, 60, 0.2), (2, 12, 0.0)):
    labels, scores = [], []
    for n in range(count):
        truth = n % classes
        raw = [random.randint(1, 40) + (45 if k == truth else 0) for k in range(classes)]
        milli = [1000 * r // sum(raw) for r in raw]
        milli[truth] += 1000 - sum(milli)
        scores.append([m / 1000 for m in milli])
        labels.append(random.choice([k for k in range(classes) if k != truth]) if random.random() < noise else truth)
    cases.append({"classes": classes, "labels": labels, "scores": scores, **confident_learning(scores, labels, classes)})
print(json.dumps({"cases": cases}))
