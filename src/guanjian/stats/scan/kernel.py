"""How is every window of every zone looked at quickly? Two compiled loops over the same windows.

`sweep` reads one data set and keeps the best window per branch and row of zones. `lanes` reads many replicates
against one given baseline: replicates are lanes of int16, each window has one integer critical count, and only
survivors pay logarithms. Both give the same maxima as `plain.maxima`.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from guanjian.stats.scan.scores import score

INT16_MOST = 32767  # the guard: lanes are used only when no replicate can hold more cases than this
UNROLL = 5  # neighbours read per pass over the lanes, so that sums stay in registers


@njit(cache=True, nogil=True)
def sweep(counts, mu, windows, branches, zones, law, found):
    """Best window per branch and row of one data set.

    counts, mu (T, L, P); windows = (last steps, shortest span of each, longest span); branches = (start, members) in CSR form;
    zones = (order, stop, length); law = (kind, phi per node, cases, size, threshold per node, scale);
    found = (score (N, R), stop, last step, length) is filled, scores below the cut stay 0.
    """
    ends, least, most = windows
    start, members = branches
    order, stop, length = zones
    kind, phi, cases, size, threshold, scale = law
    best, best_stop, best_end, best_length = found
    places = counts.shape[2]
    last = threshold.shape[1] - 1
    c_at, mu_at = np.empty(places), np.empty(places)
    for node in range(phi.shape[0]):
        for turn in range(ends.shape[0]):
            end = ends[turn]
            c_at[:] = 0.0
            mu_at[:] = 0.0
            for span in range(1, min(most, end + 1) + 1):
                for m in members[start[node] : start[node + 1]]:
                    for p in range(places):
                        c_at[p] += counts[end - span + 1, m, p]
                        mu_at[p] += mu[end - span + 1, m, p]
                if span < least[turn]:
                    continue
                for row in range(order.shape[0]):
                    c, expected = 0.0, 0.0
                    for k in range(length[row]):
                        c += c_at[order[row, k]]
                        expected += mu_at[order[row, k]]
                        cell = min(int(math.sqrt(expected) * scale), last)
                        if c >= threshold[node, cell] and stop[row, k]:
                            value = score(kind, c, expected, phi[node], cases, size)
                            if value > best[node, row] + 1e-12:
                                best[node, row] = value
                                best_stop[node, row] = k
                                best_end[node, row] = end
                                best_length[node, row] = span


@njit(cache=True, nogil=True)
def _climb(slab, acc, gap, near, bar):
    """Add UNROLL neighbours to every lane's running sum; keep each lane's best excess over its bar."""
    a, b, c, d, e = slab[near[0]], slab[near[1]], slab[near[2]], slab[near[3]], slab[near[4]]
    t0, t1, t2, t3, t4 = bar[0], bar[1], bar[2], bar[3], bar[4]
    for lane in range(acc.shape[0]):
        total = np.int16(acc[lane] + a[lane])
        top = max(gap[lane], np.int16(total - t0))
        total = np.int16(total + b[lane])
        top = max(top, np.int16(total - t1))
        total = np.int16(total + c[lane])
        top = max(top, np.int16(total - t2))
        total = np.int16(total + d[lane])
        top = max(top, np.int16(total - t3))
        total = np.int16(total + e[lane])
        gap[lane] = max(top, np.int16(total - t4))
        acc[lane] = total


@njit(cache=True, nogil=True)
def _exact(slab, mu_at, row, near, bar, lane, law, node):
    """The best score of one lane over one row of zones, by logarithms, where the bar was reached."""
    kind, phi, cases, size = law
    c, expected, best = 0, 0.0, 0.0
    for k in range(row):
        c += slab[near[k], lane]
        expected += mu_at[near[k]]
        if c >= bar[k]:
            best = max(best, score(kind, float(c), expected, phi[node], cases, size))
    return best


@njit(cache=True, nogil=True)
def lanes(events, mu, windows, branches, zones, law, best):
    """Highest score of every replicate, 0 where none reaches the cut that `threshold` was made for.

    events = (place, lane, count, start (T * L + 1)) sorted by step and node; the rest as in `sweep`, with `order`
    padded to a multiple of UNROLL by the number of places, an empty place; best (lanes,) is filled.
    """
    place, lane_of, number, first = events
    ends, least, most = windows
    start, members = branches
    order, stop, length = zones
    kind, phi, cases, size, threshold, scale = law
    short = (kind, phi, cases, size)
    places = mu.shape[2]
    slab = np.zeros((places + 1, best.shape[0]), np.int16)
    mu_at = np.zeros(places + 1)
    bar = np.empty(order.shape[1], np.int16)
    acc, gap = np.empty(best.shape[0], np.int16), np.empty(best.shape[0], np.int16)
    last = threshold.shape[1] - 1
    for node in range(phi.shape[0]):
        for turn in range(ends.shape[0]):
            end = ends[turn]
            slab[:] = 0
            mu_at[:] = 0.0
            for span in range(1, min(most, end + 1) + 1):
                step = end - span + 1
                for m in members[start[node] : start[node + 1]]:
                    cell = step * mu.shape[1] + m
                    for i in range(first[cell], first[cell + 1]):
                        slab[place[i], lane_of[i]] += number[i]
                    for p in range(places):
                        mu_at[p] += mu[step, m, p]
                if span < least[turn]:
                    continue
                for row in range(order.shape[0]):
                    expected = 0.0
                    for k in range(order.shape[1]):
                        bar[k] = 32767
                        if k < length[row]:
                            expected += mu_at[order[row, k]]
                            if stop[row, k]:
                                grid = min(int(math.sqrt(expected) * scale), last)
                                bar[k] = min(threshold[node, grid], 32767)
                    acc[:] = 0
                    gap[:] = -32768
                    for k in range(0, length[row], UNROLL):
                        _climb(slab, acc, gap, order[row, k : k + UNROLL], bar[k : k + UNROLL])
                    if gap.max() >= 0:
                        for lane in range(best.shape[0]):
                            if gap[lane] >= 0:
                                value = _exact(slab, mu_at, length[row], order[row], bar, lane, short, node)
                                best[lane] = max(best[lane], value)
