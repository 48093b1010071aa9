"""Writes metric_cases/*.json: edge cases in the schema of tests/golden/metrics that the files there leave out.

As there, no score lies on an inner edge of the calibration bins.

Run with scikit-learn 1.2, SciPy and NumPy:  python3 metric_cases.py
"""
import json
import math
import pathlib
import random
import warnings

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics

warnings.filterwarnings("ignore")
FOLDER = pathlib.Path(__file__).with_name("metric_cases")
Z95 = 1.959963984540054


def plain(value):
    """Numbers as the golden files write them: NaN and infinities as words."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(entry) for entry in value]
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, (int, np.integer)):
        return int(value)
    value = float(value)
    return value if math.isfinite(value) else "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def wilson(successes, count):
    if count == 0:
        return None
    interval = stats.binomtest(successes, count).proportion_ci(0.95, method="wilson")
    return [interval.low, interval.high]


def share(successes, count):
    return successes / count if count else 0.0


def placements(truth, scores):
    truth, scores = np.array(truth), np.array(scores, dtype=float)
    positive, negative = scores[truth == 1], scores[truth == 0]
    if len(positive) < 2 or len(negative) < 2:
        return None
    wins = (positive[:, None] > negative[None, :]) + 0.5 * (positive[:, None] == negative[None, :])
    return wins.mean(1), wins.mean(0)


def delong(truth, scores):
    parts = placements(truth, scores)
    if parts is None:
        return None
    variance = sum(part.var(ddof=1) / len(part) for part in parts)
    auc, half = parts[0].mean(), Z95 * math.sqrt(variance)
    return {"auc": auc, "variance": variance, "se": math.sqrt(variance), "ci95_unclipped": [auc - half, auc + half],
            "ci95": [max(0, auc - half), min(1, auc + half)]}


def calibration(confidences, hits):
    bins = [[] for _ in range(10)]
    for confidence, hit in zip(confidences, hits):
        bins[min(9, int(confidence * 10))].append((confidence, hit))
    rows = [[len(b), np.mean([c for c, _ in b]), np.mean([h for _, h in b])] if b else [0, None, None] for b in bins]
    return {"ece": sum(row[0] / len(hits) * abs(row[1] - row[2]) for row in rows if row[0]), "bins_count_meanconf_meanhit": rows}


def report(truth, predicted, labels, names):
    arguments = {"labels": labels, "target_names": names}
    return (metrics.classification_report(truth, predicted, **arguments),
            metrics.classification_report(truth, predicted, output_dict=True, **arguments))


def one_side(truth, predicted, positive, hits, misses, rejected, alarms):
    arguments = {"pos_label": positive, "zero_division": 0}
    return {"precision": metrics.precision_score(truth, predicted, **arguments), "recall": metrics.recall_score(truth, predicted, **arguments),
            "f1": metrics.f1_score(truth, predicted, **arguments), "sensitivity": share(hits, hits + misses), "specificity": share(rejected, rejected + alarms)}


def roc(truth, scores, drop):
    false_rates, true_rates, thresholds = metrics.roc_curve(truth, scores, pos_label=1, drop_intermediate=drop)
    return {"fpr": false_rates, "tpr": true_rates, "thresholds": thresholds}


def compare(truth, scores, predicted, model_b):
    right_a = [t == p for t, p in zip(truth, predicted)]
    right_b = [t == p for t, p in zip(truth, model_b["y_pred"])]
    only_a = sum(a and not b for a, b in zip(right_a, right_b))
    only_b = sum(b and not a for a, b in zip(right_a, right_b))
    both = sum(a and b for a, b in zip(right_a, right_b))
    test = {"a_right_b_wrong": only_a, "a_wrong_b_right": only_b, "both_right": both, "both_wrong": len(truth) - both - only_a - only_b,
            "p_exact": stats.binomtest(only_a, only_a + only_b).pvalue if only_a + only_b else 1.0}
    a, b = placements(truth, scores), placements(truth, model_b["scores"])
    if a is None:
        return test, None
    covariance = sum(np.cov(np.vstack(pair)) / len(pair[0]) for pair in zip(a, b))
    difference = a[0].mean() - b[0].mean()
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    z = difference / math.sqrt(variance) if variance > 1e-18 else math.nan
    return test, {"auc_a": a[0].mean(), "auc_b": b[0].mean(), "difference": difference, "covariance": covariance, "variance_of_difference": variance,
                  "z": z, "p_two_sided": 2 * stats.norm.sf(abs(z))}


def write(name, truth, scores, predicted=None, names=("neg", "pos"), probabilities=True, model_b=None):
    predicted = [int(score >= (0.5 if probabilities else 0)) for score in scores] if predicted is None else predicted
    names = list(names)
    occurring = sorted(set(truth) | set(predicted))
    (tn, fp), (fn, tp) = metrics.confusion_matrix(truth, predicted, labels=[0, 1]).tolist()
    expected = {"confusion_matrix_labels01": [[tn, fp], [fn, tp]], "confusion_matrix_default": metrics.confusion_matrix(truth, predicted)}
    expected["classification_report_text"], expected["classification_report_dict"] = report(truth, predicted, None, [names[label] for label in occurring])
    expected["classification_report_labels01_text"], expected["classification_report_labels01_dict"] = report(truth, predicted, [0, 1], names)
    expected |= one_side(truth, predicted, 1, tp, fn, tn, fp)
    expected |= {
        "accuracy": metrics.accuracy_score(truth, predicted), "balanced_accuracy": metrics.balanced_accuracy_score(truth, predicted),
        "matthews": metrics.matthews_corrcoef(truth, predicted), "cohen_kappa": metrics.cohen_kappa_score(truth, predicted),
        "wilson95": {"accuracy": wilson(tp + tn, len(truth)), "sensitivity": wilson(tp, tp + fn), "specificity": wilson(tn, tn + fp),
                     "precision": wilson(tp, tp + fp), "npv": wilson(tn, tn + fn)},
        "class0_as_positive": one_side(truth, predicted, 0, tn, fp, tp, fn) | {"wilson95": {"sensitivity": wilson(tn, tn + fp), "specificity": wilson(tp, tp + fn)}},
        "roc_curve_drop_intermediate_true": roc(truth, scores, True), "roc_curve_drop_intermediate_false": roc(truth, scores, False),
        "roc_auc": metrics.roc_auc_score(truth, scores) if len(set(truth)) == 2 else None,
        "average_precision": metrics.average_precision_score(truth, scores), "delong": delong(truth, scores),
    }
    precision, recall, thresholds = metrics.precision_recall_curve(truth, scores, pos_label=1)
    expected["precision_recall_curve"] = {"precision": precision, "recall": recall, "thresholds": thresholds}
    if probabilities:
        expected |= {"log_loss": metrics.log_loss(truth, scores, labels=[0, 1]), "brier": np.mean((np.array(scores) - np.array(truth)) ** 2),
                     "ece10_positive_class": calibration(scores, truth),
                     "ece10_top_label": calibration([max(s, 1 - s) for s in scores], [int(t == p) for t, p in zip(truth, predicted)])}
    case = {"kind": "metrics", "name": name, "computed_with": f"scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, numpy {np.__version__}",
            "target_names": names, "pos_label": 1, "scores_are_probabilities": probabilities, "y_true": truth, "y_pred": predicted, "scores": scores, "expected": expected}
    if model_b:
        case["model_b"] = model_b
        expected["mcnemar"], expected["delong_pair"] = compare(truth, scores, predicted, model_b)
    (FOLDER / f"{name}.json").write_text(json.dumps(plain(case), ensure_ascii=False) + "\n", encoding="utf-8")


def drawn(seed, count, prevalence):
    source = random.Random(seed)
    truth = [int(source.random() < prevalence) for _ in range(count)]
    return truth, [round(min(0.9999, max(0.0001, source.gauss(0.45 + 0.2 * t, 0.2))), 4) for t in truth]


def model(scores):
    return {"scores": scores, "y_pred": [int(score >= 0.5) for score in scores]}


FOLDER.mkdir(exist_ok=True)
write("truth_all_negative", [0] * 6, [0.12, 0.93, 0.44, 0.44, 0.71, 0.05])
write("truth_all_negative_all_right", [0] * 4, [0.12, 0.23, 0.44, 0.31])
write("all_wrong", [0, 1, 0, 1, 1], [0.93, 0.12, 0.71, 0.23, 0.44])
write("single_wrong", [1], [0.23])
write("single_negative_right", [0], [0.23])
write("one_of_each", [0, 1], [0.23, 0.71])
write("one_positive_among_many", [0, 0, 1, 0, 0, 0, 0], [0.12, 0.33, 0.33, 0.57, 0.01, 0.22, 0.91])
write("two_of_each_tied", [0, 1, 0, 1], [0.33, 0.33, 0.71, 0.71])
write("inverted", [0, 0, 0, 1, 1, 1], [0.91, 0.82, 0.73, 0.34, 0.21, 0.13])
write("saturated", [0, 1, 0, 1, 1, 0], [0.0, 1.0, 1.0, 0.0, 1e-17, 1 - 1e-16])
write("halves", [0] * 8 + [1] * 8, [0.23] + [0.71] * 7 + [0.77] * 5 + [0.33] * 3)
write("predicted_against_the_scores", [0, 1, 1, 0, 1, 0, 0], [0.12, 0.93, 0.44, 0.44, 0.71, 0.05, 0.66], predicted=[1, 0, 1, 1, 0, 0, 1])
write("logits_in_the_hundreds", [0, 1, 1, 0, 1], [-812.5, 401.25, 33.0, 120.0, -7.5], probabilities=False)
write("names_long_and_not_latin", *drawn(1, 40, 0.4), names=("肺炎", "a name longer than the longest heading"))
for seed, (count, prevalence) in enumerate([(11, 0.5), (37, 0.1), (64, 0.9), (129, 0.5)], start=2):
    write(f"drawn_{count}", *drawn(seed, count, prevalence))
truth, scores = drawn(7, 80, 0.5)
write("model_b_identical", truth, scores, model_b=model(scores))
write("model_b_inverted", truth, scores, model_b=model([round(1 - score, 4) for score in scores]))
write("model_b_constant", truth, scores, model_b=model([0.55] * len(truth)))
write("model_b_other", truth, scores, model_b=model(drawn(8, 80, 0.5)[1]))
write("model_b_one_class", [1, 1, 1], [0.91, 0.23, 0.71], model_b=model([0.12, 0.83, 0.64]))
