"""The corrected variance of a difference of two AUCs, derived twice. Writes clustered_auc_cases.json beside itself; needs numpy.

The library divides the sum of each group by the root of 1 less its share of the class. Here the same variance comes

1. from the matrices of Bell and McCaffrey (2002): a regression of the placement values on two class indicators, the hat matrix H, for each group the symmetric inverse
   root of its block of I - H (by eigenvalues), and the sandwich of the adjusted residuals, for the sum of the two coefficients;
2. from the delete-one-group jackknife, by counting pairs anew without the group's positives, then without its negatives: with the shares p and n of the two classes
   that the group has, the sum over groups of (sqrt(1 - p) (AUC without its positives - AUC) + sqrt(1 - n) (AUC without its negatives - AUC))^2.

Both say it to the last digits, or the script ends. That the matrices do what they are for, no bias where images are independent, is checked by their expectation, too.
Between which bounds the variance lies follows from the plain jackknife, which divides by 1 - share twice: the paper's sum without its factors <= this <= the jackknife.
"""
import json, pathlib
import numpy as np


def pairs(positive, negative):
    return (positive[:, None] > negative) + .5 * (positive[:, None] == negative)


def difference(y, a, b, keep=slice(None)):
    y, a, b = y[keep], a[keep], b[keep]
    return pairs(a[y == 1], a[y == 0]).mean() - pairs(b[y == 1], b[y == 0]).mean()


def placements(y, scores):
    wins, out = pairs(scores[y == 1], scores[y == 0]), np.empty(len(y))
    out[y == 1], out[y == 0] = wins.mean(1), wins.mean(0)
    return out


def inverse_root(block):
    values, vectors = np.linalg.eigh(block)
    return vectors @ np.diag(values ** -.5) @ vectors.T


def by_matrices(y, a, b, groups):
    x = np.stack([y == 1, y == 0], 1).astype(float)
    inner = np.linalg.inv(x.T @ x)
    off = np.eye(len(y)) - x @ inner @ x.T
    residuals = off @ (placements(y, a) - placements(y, b))
    contrast, total, expected = np.ones(2), 0, 0
    for g in np.unique(groups):
        own = groups == g
        weights = contrast @ inner @ x[own].T @ inverse_root(off[np.ix_(own, own)])
        total += (weights @ residuals[own]) ** 2
        expected += weights @ off[own] @ off[own].T @ weights
    # Of independent images with a variance of 1 the two means have the variance 1 / positives + 1 / negatives.
    assert abs(expected - (contrast @ inner @ contrast)) < 1e-12
    return total


def by_jackknife(y, a, b, groups):
    whole, weighted, plain = difference(y, a, b), 0, 0
    for g in np.unique(groups):
        shares = [(groups == g)[y == c].mean() for c in (1, 0)]
        steps = [difference(y, a, b, ~((groups == g) & (y == c))) - whole for c in (1, 0)]
        weighted += sum(np.sqrt(1 - share) * step for share, step in zip(shares, steps)) ** 2
        plain += sum(steps) ** 2
    return weighted, plain


def freedom(y, a, b, groups):
    d, parts = placements(y, a) - placements(y, b), []
    for c in (1, 0):
        sizes = np.array([((groups == g) & (y == c)).sum() for g in np.unique(groups)])
        sums = np.array([(d - d[y == c].mean())[(groups == g) & (y == c)].sum() for g in np.unique(groups)])
        parts.append(((sums ** 2 / (1 - sizes / sizes.sum())).sum() / sizes.sum() ** 2, sizes.sum() ** 2 / (sizes ** 2).sum()))
    return max(1, sum(v for v, _ in parts) ** 2 / sum(v ** 2 / max(1, k - 1) for v, k in parts))


rng = np.random.default_rng(2002)
cases = []
for name, sizes, classes in (
        ('equal groups of one class each', [4] * 14, [0, 1] * 7), ('five groups a class', [6, 1, 3, 9, 2, 5, 5, 1, 8, 2], [0, 1] * 5),
        ('one group with a quarter of the positives', [9] + [2] * 13 + [1] * 30, [1] * 14 + [0] * 30),
        ('groups with images of both classes', [12, 3, 7, 1, 5, 9, 2, 4, 6, 3], [None] * 10), ('every image alone', [1] * 40, [0, 1] * 20)):
    groups = np.repeat(np.arange(len(sizes)), sizes)
    y = np.array([rng.integers(0, 2) if classes[g] is None else classes[g] for g in groups])
    a, b = (np.round(1.3 * y + rng.normal(0, .7, len(sizes))[groups] + rng.normal(0, .8, len(y)), 2) for _ in range(2))
    variance, (weighted, plain) = by_matrices(y, a, b, groups), by_jackknife(y, a, b, groups)
    assert abs(variance - weighted) < 1e-12, (name, variance, weighted)
    cases.append({'name': name, 'groups': groups.tolist(), 'labels': y.tolist(), 'a': a.tolist(), 'b': b.tolist(), 'variance': float(variance),
                  'plain_jackknife': float(plain), 'degrees_of_freedom': float(freedom(y, a, b, groups))})
    print(name, variance, plain)

path = pathlib.Path(__file__).with_suffix('.json')
path.write_text('[\n' + ',\n'.join(json.dumps(case) for case in cases) + '\n]\n')
