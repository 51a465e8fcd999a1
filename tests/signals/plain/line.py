"""One robust line, read plainly: the better half, then Tukey's weights."""

from statistics import median

import numpy as np


def line(x, y, slopes):
    """Coefficients and scale of y on the rows of x; None as scale when the points lie on the line."""
    x, y = [[1.0, *row] for row in x], list(y)
    n, k = len(y), len(x[0])
    keep = min(n // 2 + (k + 1) // 2, n)
    start = [median(b - sum(s * a for s, a in zip(slopes, row[1:], strict=True)) for row, b in zip(x, y, strict=True))]
    tries = [_half(x, y, [*start, *slopes], keep), _half(x, y, _least_squares(x, y, [1.0] * n), keep)]
    beta = tries[1][0] if tries[1][1] < tries[0][1] * (1 - 1e-9) else tries[0][0]
    scale = 1.4826 * median(abs(each) for each in _left(x, y, beta)) * (n / max(n - k, 1)) ** 0.5
    if scale <= 1e-9:
        return beta, None
    for _ in range(60):
        far = [min(abs(each) / (4.685 * scale), 1.0) for each in _left(x, y, beta)]
        better = _least_squares(x, y, [(1 - each * each) ** 2 for each in far])
        if max(abs(a - b) for a, b in zip(beta, better, strict=True)) < 1e-10:
            break
        beta = better
    return beta, scale


def _left(x, y, beta):
    return [b - sum(c * a for c, a in zip(beta, row, strict=True)) for row, b in zip(x, y, strict=True)]


def _least_squares(x, y, weights):
    root = [w**0.5 for w in weights]
    rows = [[r * a for a in row] for r, row in zip(root, x, strict=True)]
    right = [r * b for r, b in zip(root, y, strict=True)]
    return list(np.linalg.lstsq(np.array(rows), np.array(right), rcond=1e-5)[0])


def _half(x, y, beta, keep):
    kept = None
    for _ in range(20):
        left = _left(x, y, beta)
        now = set(sorted(range(len(y)), key=lambda n: (round(left[n] ** 2, 12), -left[n]))[:keep])
        if now == kept:
            break
        kept = now
        beta = _least_squares(x, y, [float(n in kept) for n in range(len(y))])
    return beta, sum(each**2 for n, each in enumerate(_left(x, y, beta)) if n in kept)
