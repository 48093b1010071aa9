"""Writes report_cases.json: classification reports and agreement of more than two classes, as scikit-learn computes them.

Run with scikit-learn 1.2:  python3 report_cases.py
"""
import json
import pathlib
import random
import warnings

import sklearn
from sklearn import metrics

warnings.filterwarnings("ignore")


def case(name, classes, truth, predicted, labels=None, digits=2):
    occurring = sorted(set(truth) | set(predicted))
    reported = occurring if labels is None else labels
    names = [classes[label] for label in reported]
    text = metrics.classification_report(truth, predicted, labels=labels, target_names=names, digits=digits)
    return {
        "name": name, "classes": classes, "truth": truth, "predicted": predicted, "labels": labels, "digits": digits, "text": text,
        "balanced_accuracy": metrics.balanced_accuracy_score(truth, predicted),
        "matthews": metrics.matthews_corrcoef(truth, predicted),
        "cohen_kappa": metrics.cohen_kappa_score(truth, predicted),
    }


def drawn(seed, classes, count, skill):
    source = random.Random(seed)
    truth = [source.randrange(classes) for _ in range(count)]
    return truth, [label if source.random() < skill else source.randrange(classes) for label in truth]


three = ["covid", "normal", "pneumonia"]
ten = [f"class {i}" for i in range(10)]
cases = [
    case("three classes", three, *drawn(1, 3, 90, .6)),
    case("three classes, four digits", three, *drawn(2, 3, 91, .5), digits=4),
    case("no digits", three, *drawn(3, 3, 40, .5), digits=0),
    case("fifteen digits widen the names", three, *drawn(3, 3, 40, .5), digits=15),
    case("two of three labels", three, *drawn(4, 3, 77, .7), labels=[0, 2]),
    case("labels in another order", three, *drawn(5, 3, 77, .7), labels=[2, 0, 1]),
    case("a label that occurs nowhere", three, [0, 1, 1, 0, 1], [0, 1, 0, 0, 1], labels=[0, 1, 2]),
    case("a class that is never predicted", three, [0, 1, 2, 2, 1, 0], [0, 1, 1, 0, 1, 0]),
    case("a class that is only predicted", three, [0, 1, 0, 1, 1, 0], [0, 1, 2, 0, 1, 2]),
    case("only one label, without support", three, [0, 1, 0, 1], [0, 2, 0, 1], labels=[2]),
    case("long names", ["a name that is longer than the longest heading", "肺炎", "é𝒳"], *drawn(6, 3, 50, .6)),
    case("ten classes", ten, *drawn(7, 10, 400, .55)),
    case("ten classes, six digits", ten, *drawn(8, 10, 401, .4), digits=6),
    case("halves", three[:2], [0] * 8 + [1] * 8, [0] + [1] * 7 + [1] * 5 + [0] * 3),
    case("all wrong", three[:2], [0, 1, 0], [1, 0, 1]),
]
target = pathlib.Path(__file__).with_name("report_cases.json")
target.write_text(json.dumps({"computed_with": f"scikit-learn {sklearn.__version__}", "cases": cases}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
