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

INT16_MOST = 32767  # the guard: lanes are used only when no zone of any replicate can hold more cases than this
UNROLL = 5  # neighbours read per pass over the lanes, so that sums stay in registers


@njit(cache=True, nogil=True)
def sweep(counts, mu, space, law, found):
    """Best window per branch and row of one data set.

    counts, mu (T, L, P); space = (windows, branches, zones): windows = (last steps, shortest span of each, longest
    span), branches = (start, members) in CSR form, zones = (order, stop, length); law = (kind, phi per node, (all
    cases, all trials), bars); found = (score (N, R), stop, last step, length) is filled, scores below the cut stay 0.
    """
    (ends, least, most), (start, members), (order, stop, length) = space
    kind, phi, whole, bars = law
    threshold, which, (scale, cut, per), (rival, crowd) = bars
    best, best_stop, best_end, best_length = found
    places = counts.shape[2]
    last, top = threshold.shape[2] - 1, threshold.shape[1] - 1
    c_at, mu_at = np.empty(places), np.empty(places)
    for node in range(phi.shape[0]):
        critical = threshold[which[node]]
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
                rivals = rival[node] + crowd[span - 1]
                level = np.minimum((cut + rivals) * per, top).astype(np.int32)
                for row in range(order.shape[0]):
                    c, expected = 0.0, 0.0
                    for k in range(length[row]):
                        c += c_at[order[row, k]]
                        expected += mu_at[order[row, k]]
                        cell = min(int(math.sqrt(expected) * scale), last)
                        if c >= critical[level[k], cell] and stop[row, k]:
                            value = score(kind, c, expected, phi[node], whole) - rivals[k]
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
def _bars(mu_at, near, stops, critical, level, scale):
    """The critical count of every prefix of one row of zones, out of reach where no zone ends."""
    bar = np.full(near.shape[0], 32767, np.int16)
    expected = 0.0
    for k in range(stops.shape[0]):
        expected += mu_at[near[k]]
        if stops[k]:
            cell = min(int(math.sqrt(expected) * scale), critical.shape[1] - 1)
            bar[k] = min(critical[level[k], cell], 32767)
    return bar


@njit(cache=True, nogil=True)
def _exact(counts, mu_at, near, bar, law):
    """The best score of one lane (its counts per place) over one row of zones, by logarithms, at or over the bar."""
    kind, phi, whole, rivals = law
    c, expected, best = 0, 0.0, 0.0
    for k in range(near.shape[0]):
        c += counts[near[k]]
        expected += mu_at[near[k]]
        if c >= bar[k]:
            best = max(best, score(kind, float(c), expected, phi, whole) - rivals[k])
    return best


@njit(cache=True, nogil=True)
def lanes(events, mu, space, law, best):
    """Highest score of every replicate, 0 where none reaches the cut that `threshold` was made for.

    events = (place, lane, count, start (T * L + 1)) sorted by step and node; the rest as in `sweep`, with `order`
    padded to a multiple of UNROLL by the number of places, an empty place; best (lanes,) is filled.
    """
    place, lane_of, number, first = events
    (ends, least, most), (start, members), (order, stop, length) = space
    kind, phi, whole, bars = law
    threshold, which, (scale, cut, per), (rival, crowd) = bars
    places, top = mu.shape[2], threshold.shape[1] - 1
    slab = np.zeros((places + 1, best.shape[0]), np.int16)
    mu_at = np.zeros(places + 1)
    acc, gap = np.empty(best.shape[0], np.int16), np.empty(best.shape[0], np.int16)
    for node in range(phi.shape[0]):
        for turn in range(ends.shape[0]):
            slab[:] = 0
            mu_at[:] = 0.0
            for span in range(1, min(most, ends[turn] + 1) + 1):
                step = ends[turn] - span + 1
                for m in members[start[node] : start[node + 1]]:
                    mu_at[:places] += mu[step, m]
                    for i in range(first[step * mu.shape[1] + m], first[step * mu.shape[1] + m + 1]):
                        slab[place[i], lane_of[i]] += number[i]
                if span < least[turn]:
                    continue
                rivals = rival[node] + crowd[span - 1]
                level = np.minimum((cut + rivals) * per, top).astype(np.int32)
                for row in range(order.shape[0]):
                    near = order[row]
                    bar = _bars(mu_at, near, stop[row, : length[row]], threshold[which[node]], level, scale)
                    acc[:] = 0
                    gap[:] = -32768
                    for k in range(0, length[row], UNROLL):
                        _climb(slab, acc, gap, near[k : k + UNROLL], bar[k : k + UNROLL])
                    if gap.max() >= 0:
                        for lane in np.flatnonzero(gap >= 0):
                            held = (kind, phi[node], whole, rivals)
                            value = _exact(slab[:, lane], mu_at, near[: length[row]], bar, held)
                            best[lane] = max(best[lane], value)
