"""How often each candidate for an interval from few groups holds the truth. Writes the tables of FewGroupsCoverage.md.

Run from the project's root: python3 tests/CovidNotebooks.Tests/Evaluation/few_groups_coverage.py > tests/CovidNotebooks.Tests/Evaluation/FewGroupsCoverage.md
With --auc only the last table, which takes longest. Needs numpy and scipy. 4,000 studies a row. Answers of a group are beta-binomial, scores of a group share a normal effect: the correlation inside a group is rho.
"""
import collections, csv, glob, sys
import numpy as np
from scipy import stats

STUDIES, RESAMPLES = 4000, 999
RNG = np.random.default_rng(20261129)


def published(run, labels):
    path, = glob.glob(f'data/published-runs/{run}/predictions.csv')
    rows = list(csv.DictReader(open(path)))
    return [np.array(sorted(collections.Counter(r['group'] for r in rows if r['label'] == label).values(), reverse=True)) for label in labels]


SIZES = {  # sizes of the groups of the positive and of the negative class
    '5 equal': (np.full(5, 6), np.full(5, 6)), '12 equal': (np.full(12, 5), np.full(12, 5)),
    '23 equal': (np.full(23, 4), np.full(23, 4)), '225 equal': (np.full(225, 2), np.full(225, 2)),
    'document 1': published('01-vgg16-xray/*-01-corrected', '01'), 'document 2': published('02-scratch-cnn-ct/*-02-as-published', '01'),
    'document 3': published('03-vgg19bn-ct/*-03-as-published', '10'), 'document 5': published('05-scratch-cnn-pneumonia/*-05-corrected', '01'),
}


def draw(sizes, p, rho):
    q = np.full((STUDIES, len(sizes)), p) if rho == 0 else RNG.beta(p * (1 - rho) / rho, (1 - p) * (1 - rho) / rho, (STUDIES, len(sizes)))
    return RNG.binomial(sizes, q).astype(float)


def weights(k, count):
    w = np.zeros((count, k))
    np.add.at(w, (np.repeat(np.arange(count), k), RNG.integers(0, k, count * k)), 1)
    return w


def wilson(p, n):
    z = stats.norm.ppf(.975)
    c, h = (p + z * z / 2 / n) / (1 + z * z / n), z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / 4 / n ** 2)
    return c - h, c + h


def logit_t(value, se, df):
    with np.errstate(all='ignore'):
        l, s = np.log(value / (1 - value)), stats.t.ppf(.975, df) * se / (value * (1 - value))
        return 1 / (1 + np.exp(-(l - s))), 1 / (1 + np.exp(-(l + s)))


def satterthwaite(parts):
    """Degrees of freedom of a sum of variances, each with its own: Welch 1947."""
    total = sum(v for v, _ in parts)
    with np.errstate(all='ignore'):
        return np.maximum(1, total ** 2 / sum(v ** 2 / max(1, k - 1) for v, k in parts))


def jackknife(without):
    k = without.shape[1]
    return (k - 1) / k * (without - without.mean(1, keepdims=True)) ** 2


def bca(value, boot, without):
    boot = np.sort(boot, 1)
    z0 = stats.norm.ppf(np.clip(((boot < value[:, None]).mean(1) + (boot <= value[:, None]).mean(1)) / 2, .5 / RESAMPLES, 1 - .5 / RESAMPLES))
    d = without.mean(1, keepdims=True) - without
    with np.errstate(all='ignore'):
        a = np.nan_to_num((d ** 3).sum(1) / (6 * (d ** 2).sum(1) ** 1.5))
        ends = [stats.norm.cdf(z0 + (z0 + z) / (1 - a * (z0 + z))) for z in stats.norm.ppf([.025, .975])]
    return [np.take_along_axis(boot, np.clip((e * RESAMPLES).astype(int), 0, RESAMPLES - 1)[:, None], 1)[:, 0] for e in ends]


def row(name, truth, candidates):
    cells = []
    for low, high in candidates:
        given = np.isfinite(low) & np.isfinite(high) & (high - low > 1e-12)
        held = ((low <= truth) & (truth <= high))[given]
        cells.append(f'{held.mean():.3f} ({(high - low)[given].mean():.2f}{"" if given.all() else f", none {1 - given.mean():.0%}"})')
    print(f'| {name} | ' + ' | '.join(cells) + ' |')
    sys.stdout.flush()


def head(title, columns):
    print(f'\n## {title}\n\n| groups, rho | ' + ' | '.join(columns) + ' |\n|---' * 1 + '|---' * len(columns) + '|')


def ratio(numerators, denominators, classes):
    """Candidates for sum(numerators) / sum(denominators); classes: of each group its class, for the degrees of freedom."""
    n, d = numerators.sum(1), denominators.sum(1)
    k = numerators.shape[1]
    value = n / d
    w = weights(k, RESAMPLES)
    boot = (numerators @ w.T) / (denominators @ w.T)
    without = (n[:, None] - numerators) / (d[:, None] - denominators)
    r = numerators - value[:, None] * denominators
    linear = np.sqrt(k / (k - 1) * (r ** 2).sum(1)) / d
    contributions = jackknife(without)
    jack = np.sqrt(contributions.sum(1))
    v = RNG.choice([-1., 1.], (RESAMPLES, k))
    shift = (r @ v.T) / d[:, None]
    with np.errstate(all='ignore'):
        se = np.sqrt(np.maximum(0, k / (k - 1) * ((r ** 2).sum(1)[:, None] - 2 * shift * ((r * denominators) @ v.T) + shift ** 2 * (denominators ** 2).sum(1)[:, None]))) / d[:, None]
        t = np.quantile(np.nan_to_num(np.abs(shift / se), posinf=1e3), .95, axis=1)
    alike = (value <= 0) | (value >= 1)
    edge = wilson(value, k)
    out = []
    for low, high in (np.quantile(boot, [.025, .975], 1), bca(value, boot, without), (value - t * linear, value + t * linear),
                      logit_t(value, linear, k - 1), logit_t(value, jack, k - 1),
                      logit_t(value, jack, satterthwaite([(contributions[:, classes == c].sum(1), (classes == c).sum()) for c in np.unique(classes)]))):
        out.append((low.copy(), high.copy()))
    for i in (3, 4, 5):
        out[i] = tuple(np.where(alike, e, o) for e, o in zip(edge, out[i]))
    return out


RATIO = ['percentile bootstrap', 'BCa bootstrap', 'wild bootstrap-t', 'logit, linearised, t', 'logit, jackknife, t', 'logit, jackknife, Welch t']
TWO = ['percentile bootstrap', 'normal, jackknife', 'logit, jackknife, t of all groups', 'logit, jackknife, t of the smaller class', 'logit, jackknife, Welch t']


def two(value, without_p, without_n, k_p, k_n, edge):
    parts = [jackknife_part(value, w, k_p + k_n) for w in (without_p, without_n)]
    se = np.sqrt(sum(parts))
    alike = (value <= 0) | (value >= 1)
    out = [(value - 1.96 * se, value + 1.96 * se), logit_t(value, se, k_p + k_n - 1), logit_t(value, se, min(k_p, k_n) - 1), logit_t(value, se, satterthwaite(list(zip(parts, (k_p, k_n)))))]
    return [tuple(np.where(alike, np.nan, o) for o in pair) for pair in out]


def jackknife_part(value, without, k):
    return (k - 1) / k * ((without - value[:, None]) ** 2).sum(1)


def shares_and_means():
    print(f'# Coverage of 95 % intervals from groups of images\n\n{STUDIES:,} simulated studies a row; in brackets the mean width and the share of studies without an interval. Bootstraps: {RESAMPLES} resamples.')
    for p in (.75, .9):
        head(f'A share of {p}', RATIO[:5])
        for name, (sizes, _) in SIZES.items():
            for rho in (0, .3, .6):
                x = draw(sizes, p, rho)
                row(f'{name} ({len(sizes)}), {rho}', p, ratio(x, np.broadcast_to(sizes, x.shape).astype(float), np.zeros(len(sizes)))[:5])
    head('F1 (sensitivity .85, specificity .8)', RATIO)
    for name, (P, N) in SIZES.items():
        for rho in (0, .3, .6):
            tp, tn = draw(P, .85, rho), draw(N, .8, rho)
            num = np.hstack([2 * tp, np.zeros_like(tn)])
            den = np.hstack([tp + P, N - tn])
            truth = 2 * .85 * P.sum() / (1.85 * P.sum() + .2 * N.sum())
            row(f'{name} ({len(P)} + {len(N)}), {rho}', truth, ratio(num, den, np.repeat([1, 0], [len(P), len(N)])))
    head('Balanced accuracy (sensitivity .85, specificity .8)', TWO)
    for name, (P, N) in SIZES.items():
        for rho in (0, .3, .6):
            tp, tn = draw(P, .85, rho), draw(N, .8, rho)
            se, sp = tp.sum(1) / P.sum(), tn.sum(1) / N.sum()
            value = (se + sp) / 2
            wp = ((tp.sum(1)[:, None] - tp) / (P.sum() - P) + sp[:, None]) / 2
            wn = ((tn.sum(1)[:, None] - tn) / (N.sum() - N) + se[:, None]) / 2
            a, b = weights(len(P), RESAMPLES), weights(len(N), RESAMPLES)
            boot = ((tp @ a.T) / (a @ P) + (tn @ b.T) / (b @ N)) / 2
            row(f'{name} ({len(P)} + {len(N)}), {rho}', (.85 + .8) / 2, [tuple(np.quantile(boot, [.025, .975], 1))] + two(value, wp, wn, len(P), len(N), None))


if '--auc' not in sys.argv:
    shares_and_means()
DISTANCE = 1.5
head(f'Area under the ROC curve ({stats.norm.cdf(DISTANCE / 2 ** .5):.3f})', TWO)
for name, (P, N) in SIZES.items():
    gp, gn = np.repeat(np.arange(len(P)), P), np.repeat(np.arange(len(N)), N)
    sp, sn = np.eye(len(P), dtype='f4')[gp], np.eye(len(N), dtype='f4')[gn]
    for rho in (0, .3, .6):
        RNG = np.random.default_rng([20261129, list(SIZES).index(name), int(10 * rho)])
        value, boot, wp, wn = [], [], [], []
        a, b = (weights(len(sizes), 300).astype('f4') for sizes in (P, N))
        for study in range(STUDIES):
            x = DISTANCE + rho ** .5 * RNG.standard_normal(len(P))[gp] + (1 - rho) ** .5 * RNG.standard_normal(len(gp))
            y = rho ** .5 * RNG.standard_normal(len(N))[gn] + (1 - rho) ** .5 * RNG.standard_normal(len(gn))
            wins = sp.T @ ((x[:, None] > y).astype('f4') @ sn)
            total = wins.sum(dtype='f8')
            value.append(total / len(x) / len(y))
            wp.append((total - wins.sum(1)) / (len(x) - P) / len(y))
            wn.append((total - wins.sum(0)) / len(x) / (len(y) - N))
            boot.append(np.quantile(((a @ wins) * b).sum(1) / (a @ P) / (b @ N), [.025, .975]))
        value, boot = np.array(value), np.array(boot)
        row(f'{name} ({len(P)} + {len(N)}), {rho}', stats.norm.cdf(DISTANCE / 2 ** .5), [(boot[:, 0], boot[:, 1])] + two(value, np.array(wp), np.array(wn), len(P), len(N), None))
