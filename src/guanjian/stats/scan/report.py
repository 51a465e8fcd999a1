"""What is answered to someone who brings files? The scan from given options to plain values and sentences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Text
from guanjian.stats.scan.files import Inputs, Paths, parameters, read
from guanjian.stats.scan.problem import Settings
from guanjian.stats.scan.result import Cluster, ScanResult
from guanjian.stats.scan.run import scan
from guanjian.stats.scan.zones import circles

FOUND = Text(
    "{n}. {places}个地点 [{first}…] {branch} {window}：{observed:g} 起，应有 {expected:.2f}，相对风险 {risk:.2f}，LLR {llr:.6f}，p {p}",
    "{n}. {places} places [{first}...] {branch} {window}: {observed:g} cases, {expected:.2f} expected, "
    "relative risk {risk:.2f}, LLR {llr:.6f}, p {p}",
)
NOTHING = Text("没有高于正常的聚集。", "Nothing above normal.")
SHORT = Text(
    "历史太短：典型的条线或地点在历史中不足20起，不给出概率，以上只是排序，不作结论。",
    "History too short: the typical line or place has fewer than 20 cases in it. No p is given; the above is a ranking only.",
)


def answer(given: dict) -> dict:
    """Options as the command takes them; returns what is written as JSON, with `sentences` for the screen."""
    paths = _paths(given)
    inputs = read(paths)
    how = _settings(given, paths, inputs)
    zones = circles(inputs.points, inputs.geographic, given.get("neighbours"))
    found = scan(inputs.cases, zones, inputs.exposure, inputs.tree, how)
    return _told(found, inputs)


def _paths(given: dict) -> Paths:
    if given.get("prm"):
        return parameters(Path(given["prm"]))
    if not given.get("cases") or not given.get("places"):
        raise BadInput("请给出 --cases 和 --places，或 --prm。", "Give --cases and --places, or --prm.")
    names = ("cases", "places", "exposure", "controls", "tree")
    return Paths(**{n: given.get(n) for n in names}, plane=bool(given.get("plane")))


def _settings(given: dict, paths: Paths, inputs: Inputs) -> Settings:
    chosen = {k: given.get(k) for k in ("statistic", "max_share", "window", "replicates", "seed")}
    how = paths.settings | {k: v for k, v in chosen.items() if v is not None}
    how.setdefault(
        "statistic", "nb_tail" if len(inputs.steps) > 3 else "bernoulli" if paths.controls else "poisson_cond"
    )
    if given.get("anywhere"):
        how["alive"] = False
    if how["statistic"] == "nb_tail":
        how.setdefault("replicates", 199)
    return replace(Settings(), **how)


def _told(found: ScanResult, inputs: Inputs) -> dict:
    clusters = [_cluster(c, inputs) for c in found.clusters]
    sentences = [_sentence(i + 1, c) for i, c in enumerate(clusters[:10])] or [NOTHING]
    notes = [SHORT] if found.too_short else []
    how = found.problem.settings
    return {
        "statistic": str(how.statistic.value),
        "places": len(inputs.places),
        "steps": [inputs.steps[0], inputs.steps[-1]],
        "windows": found.windows,
        "replicates": len(found.maxima),
        "seed": how.seed,
        "total_cases": float(inputs.cases.sum()),
        "clusters": clusters,
        "notes": [{"zh": t.zh, "en": t.en} for t in notes],
        "sentences": [f"{t.zh} | {t.en}" for t in [*sentences, *notes]],
    }


def _cluster(cluster: Cluster, inputs: Inputs) -> dict:
    told = cluster.as_dict()
    del told["first"], told["last"], told["node"]
    return told | {
        "places": [inputs.places[p] for p in cluster.places],
        "branch": cluster.node,
        "window": [inputs.steps[cluster.first], inputs.steps[cluster.last]],
    }


def _sentence(n: int, told: dict) -> Text:
    return FOUND.filled(
        n=n,
        places=len(told["places"]),
        first=" ".join(told["places"][:5]),
        branch=told["branch"],
        window=" – ".join(dict.fromkeys(told["window"])),
        observed=told["observed"],
        expected=told["expected"],
        risk=told["relative_risk"],
        llr=told["llr"],
        p="–" if told["p"] is None else f"{told['p']:.4g}",
    )
