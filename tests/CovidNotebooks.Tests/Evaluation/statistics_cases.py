"""Independent values for the statistics of groups, calibration and several classes. Writes statistics_cases.json beside itself; needs numpy, scipy and scikit-learn.

Nothing here looks at the library: the clustered McNemar test and Obuchowski's variance are written from their papers, the delete-one-group jackknife is their second
derivation, log loss, Brier score, OvR AUC and macro averages are scikit-learn's, the temperature is found by scipy's minimiser.
"""
import itertools, json, pathlib
import numpy as np
from scipy import optimize, stats
from sklearn import metrics

rng = np.random.default_rng(12)


def group_sums(values, groups):
    return np.array([values[groups == g].sum() for g in np.unique(groups)])


def mcnemar(right_a, right_b, groups):
    d = group_sums(right_a.astype(int) - right_b.astype(int), groups)
    k = len(d)
    chi = (k - 1) / k * d.sum() ** 2 / (d ** 2).sum()
    deciding = d[d != 0]
    exact = None
    if len(deciding) <= 16:
        signs = np.array(list(itertools.product([-1, 1], repeat=len(deciding))))
        exact = float((np.abs(signs @ deciding) >= abs(deciding.sum())).mean())
    return {'chi_square': float(chi), 'p_asymptotic': float(stats.chi2.sf(chi, 1)), 'p_permutation': exact}


def auc(y, s):
    return metrics.roc_auc_score(y, s)


def components(y, s):
    p, n = s[y == 1], s[y == 0]
    wins = (p[:, None] > n).astype(float) + .5 * (p[:, None] == n)
    return wins.mean(1), wins.mean(0)


def obuchowski(y, a, b, groups):
    (va, wa), (vb, wb) = components(y, a), components(y, b)
    v, w = va - vb, wa - wb
    gp, gn, gs = groups[y == 1], groups[y == 0], np.unique(groups)
    m, n, i, j, k = len(v), len(w), len(np.unique(gp)), len(np.unique(gn)), len(gs)
    sv = np.array([(v[gp == g] - v.mean()).sum() for g in gs])
    sw = np.array([(w[gn == g] - w.mean()).sum() for g in gs])
    var = i / ((i - 1) * m * m) * (sv ** 2).sum() + j / ((j - 1) * n * n) * (sw ** 2).sum() + 2 * k / ((k - 1) * m * n) * (sv * sw).sum()
    left = np.array([auc(y[groups != g], a[groups != g]) - auc(y[groups != g], b[groups != g]) for g in gs])
    return {'auc_a': auc(y, a), 'auc_b': auc(y, b), 'variance': float(var), 'jackknife': float((k - 1) / k * ((left - left.mean()) ** 2).sum())}


def f1(y, p):
    return metrics.f1_score(y, p)


def jackknives(y, p, s, groups):
    out = {}
    for name, of in {'f1': lambda k: metrics.f1_score(y[k], p[k]), 'balanced_accuracy': lambda k: metrics.balanced_accuracy_score(y[k], p[k]),
                     'matthews': lambda k: metrics.matthews_corrcoef(y[k], p[k]), 'cohen_kappa': lambda k: metrics.cohen_kappa_score(y[k], p[k]),
                     'roc_auc': lambda k: metrics.roc_auc_score(y[k], s[k]), 'average_precision': lambda k: metrics.average_precision_score(y[k], s[k]),
                     'brier': lambda k: metrics.brier_score_loss(y[k], s[k]), 'log_loss': lambda k: metrics.log_loss(y[k], s[k]),
                     'accuracy': lambda k: metrics.accuracy_score(y[k], p[k])}.items():
        gs = np.unique(groups)
        left = np.array([of(groups != g) for g in gs])
        k = len(gs)
        value, variance = of(np.full(len(y), True)), (k - 1) / k * ((left - left.mean()) ** 2).sum()
        # Degrees of freedom among groups with images of the same classes (Welch).
        strata = np.array([str(sorted(set(y[groups == g]))) for g in gs])
        parts = [((k - 1) / k * ((left[strata == t] - left.mean()) ** 2).sum(), (strata == t).sum()) for t in np.unique(strata)]
        df = k - 1 if name == 'accuracy' else max(1, sum(v for v, _ in parts) ** 2 / sum(v ** 2 / max(1, c - 1) for v, c in parts))
        half = stats.t.ppf(.975, df) * variance ** .5
        if name in ('matthews', 'cohen_kappa'):
            ends = [np.tanh(np.arctanh(value) + sign * half / (1 - value ** 2)) for sign in (-1, 1)]
        elif name == 'log_loss':
            ends = [value * np.exp(sign * half / value) for sign in (-1, 1)]
        else:
            ends = [1 / (1 + np.exp(-(np.log(value / (1 - value)) + sign * half / (value * (1 - value))))) for sign in (-1, 1)]
        out[name] = {'value': float(value), 'low': float(ends[0]), 'high': float(ends[1])}
    return out


cases = []
for seed, k, most in ((0, 12, 6), (1, 40, 4), (2, 9, 12)):
    sizes = rng.integers(1, most + 1, k)
    groups = np.repeat(np.arange(k), sizes)
    mixed = seed == 2
    y = np.array([g % 2 for g in groups]) if not mixed else rng.integers(0, 2, len(groups))
    effect = rng.normal(0, .8, k)[groups]
    a = 1 / (1 + np.exp(-np.round(1.2 * (2 * y - 1) + effect + rng.normal(0, 1, len(y)), 2)))
    b = 1 / (1 + np.exp(-np.round(.7 * (2 * y - 1) + effect + rng.normal(0, 1, len(y)), 2)))
    pa, pb = (a >= .5).astype(int), (b >= .5).astype(int)
    bins = np.clip(np.ceil(a * 10).astype(int) - 1, 0, 9)
    squared = sum((bins == c).mean() * ((a[bins == c].mean() - y[bins == c].mean()) ** 2 - y[bins == c].mean() * (1 - y[bins == c].mean()) / ((bins == c).sum() - 1)) for c in range(10) if (bins == c).sum() > 1)
    logits = np.log(np.stack([1 - a, a], 1))
    loss = lambda t: -np.log(np.exp(logits / t)[np.arange(len(y)), y] / np.exp(logits / t).sum(1)).mean()
    best = optimize.minimize_scalar(loss, bounds=(.02, 50), method='bounded', options={'xatol': 1e-10})
    t = .3
    cases.append({'groups': groups.tolist(), 'labels': y.tolist(), 'a': a.tolist(), 'b': b.tolist(),
                  'mcnemar': mcnemar(pa == y, pb == y, groups), 'auc': obuchowski(y, a, b, groups), 'intervals': jackknives(y, pa, a, groups),
                  'sce_debiased': float(squared), 'temperature': float(best.x), 'temperature_loss': float(best.fun),
                  'net_benefit_at_.3': float(((a >= t) & (y == 1)).mean() - ((a >= t) & (y == 0)).mean() * t / (1 - t))})

y = rng.integers(0, 3, 60)
z = rng.normal(0, 1, (60, 3)) + 1.2 * np.eye(3)[y]
p = np.exp(z) / np.exp(z).sum(1, keepdims=True)
answers = p.argmax(1)
several = {'labels': y.tolist(), 'scores': p.tolist(),
           'accuracy': metrics.accuracy_score(y, answers), 'sensitivity_macro': metrics.recall_score(y, answers, average='macro'),
           'precision_macro': metrics.precision_score(y, answers, average='macro'), 'f1_macro': metrics.f1_score(y, answers, average='macro'),
           'roc_auc_ovr_macro': metrics.roc_auc_score(y, p, multi_class='ovr', average='macro'), 'log_loss': metrics.log_loss(y, p),
           'brier_all_classes': float(((p - np.eye(3)[y]) ** 2).sum(1).mean()), 'matthews': metrics.matthews_corrcoef(y, answers),
           'cohen_kappa': metrics.cohen_kappa_score(y, answers)}
for c in range(3):
    several[f'sensitivity[class {c}]'] = metrics.recall_score(y == c, answers == c)
    several[f'precision[class {c}]'] = metrics.precision_score(y == c, answers == c)
    several[f'specificity[class {c}]'] = metrics.recall_score(y != c, answers != c)
    several[f'npv[class {c}]'] = metrics.precision_score(y != c, answers != c)
    several[f'roc_auc[class {c}]'] = metrics.roc_auc_score(y == c, p[:, c])

path = pathlib.Path(__file__).with_suffix('.json')
path.write_text(json.dumps({'cases': cases, 'several_classes': several}, indent=1) + '\n')
