"""The tree scan gives TreeScan 2.4's and TreeMineR's answers: same branches, windows and LLR to 1e-6."""

import csv

import numpy as np
import pytest

from guanjian.stats.scan import Settings, Tree, temporal_scan, tree_scan


def rows(path):
    return [[cell.strip() for cell in line.split(",")] for line in path.read_text().splitlines() if line.strip()]


@pytest.fixture
def example(shared):
    folder = shared("data/scan/treescan_examples")
    tree = Tree.of((node, parent) for node, parent in rows(folder / "tree.tre"))

    def column(name, position=1):
        values = np.zeros(len(tree.names))
        for row in rows(folder / name):
            values[tree.index(row[0])] += float(row[position])
        return values

    return tree, column, folder


def test_conditional_poisson_example(example):
    tree, column, _ = example
    how = Settings("poisson_cond", replicates=9999)
    found = tree_scan(column("Poisson.cas"), tree, column("Poisson.cas", 2), how).clusters
    told = [("Leaf9", 13.136308, 0.0001), ("Node3", 11.148394, 0.0001), ("Node6", 3.318753, 0.080),
            ("Leaf10", 2.579169, 0.19), ("Leaf4", 1.619486, 0.4879), ("Leaf8", 1.156791, 0.64)]  # fmt: skip
    assert [c.node for c in found[:6]] == [name for name, _, _ in told]
    assert [c.llr for c in found[:6]] == pytest.approx([llr for _, llr, _ in told], abs=1e-6)
    assert [c.p for c in found[:6]] == pytest.approx([p for _, _, p in told], abs=0.016)
    assert (found[0].observed, found[1].observed) == (14, 33)
    assert found[0].expected == pytest.approx(2.68, abs=0.005)
    assert found[0].relative_risk == pytest.approx(6.66, abs=0.005)


def test_conditional_bernoulli_example(example):
    tree, column, _ = example
    cases = column("Bernoulli.cas")
    found = tree_scan(cases, tree, cases + column("Bernoulli.ctl"), Settings("bernoulli", replicates=999)).clusters
    assert [c.node for c in found[:3]] == ["Node3", "Leaf9", "Node6"]
    assert [c.llr for c in found[:3]] == pytest.approx([4.552870, 4.062552, 1.429486], abs=1e-6)
    assert found[0].p == pytest.approx(0.031, abs=0.02)
    assert found[1].p == pytest.approx(0.076, abs=0.03)


def test_temporal_only_example(example):
    _, _, folder = example
    days = np.zeros(28)
    for count, day in rows(folder / "TemporalOnly.cas"):
        days[int(day) - 1] += int(count)
    found = temporal_scan(days, Settings("poisson_cond", alive=False, shortest=2, window=14, replicates=999)).clusters
    assert (found[0].first + 1, found[0].last + 1, found[0].observed) == (2, 7, 52)
    assert found[0].llr == pytest.approx(23.972955, abs=1e-6)
    assert found[0].p == 0.001


def test_tree_temporal_example_conditioned_on_node_and_time(example):
    tree, _, folder = example
    days = np.zeros((28, len(tree.names)))
    for node, count, day in rows(folder / "TreeTemporal.cas"):
        days[int(day) - 1, tree.index(node)] += int(count)
    how = Settings("st_permutation", alive=False, shortest=2, window=14, replicates=999, risk_window=0.2)
    found = tree_scan(days, tree, settings=how).clusters
    told = [("Node3", 4, 5, 4.796446), ("Leaf5", 2, 3, 3.038383), ("Node6", 4, 5, 2.857453), ("Leaf9", 4, 5, 2.629538),
            ("Leaf6", 17, 20, 2.443001), ("Node1", 22, 28, 2.044545), ("Leaf2", 23, 28, 1.866668),
            ("Leaf12", 11, 24, 1.682238), ("Leaf3", 12, 22, 1.617362)]  # fmt: skip
    assert [(c.node, c.first + 1, c.last + 1) for c in found[:9]] == [t[:3] for t in told]
    assert [c.llr for c in found[:9]] == pytest.approx([t[3] for t in told], abs=1e-6)
    assert found[0].p == pytest.approx(0.025, abs=0.015)
    assert found[1].p == pytest.approx(0.413, abs=0.05)


def test_diagnoses_on_the_icd_tree_with_a_given_chance(shared):
    with shared("data/scan/treeminer_icd10_tree.csv").open() as f:
        paths = [row["pathString"].split("/") for row in csv.DictReader(f)]
    tree = Tree.of((path[i], path[i - 1] if i else "") for path in paths for i in range(len(path)))
    at = {name: i for i, name in enumerate(tree.names)}
    above = {at[path[-1]]: [at[name] for name in path[1:]] for path in paths}
    with shared("data/scan/treeminer_diagnoses.csv").open() as f:
        people = sorted(csv.DictReader(f), key=lambda row: row["leaf"])
    # the reference counts a person once in each branch, as exposed or not by whichever group of his comes first
    group = {}
    for row in people:
        group.setdefault((row["id"], row["exposed"]), len(group))
    seen = {}
    for row in sorted(people, key=lambda row: group[row["id"], row["exposed"]]):
        for node in above[at[row["leaf"]]]:
            seen.setdefault((row["id"], node), row["exposed"] == "1")
    cases, trials = np.zeros(len(at)), np.zeros(len(at))
    for (_, node), exposed in seen.items():
        trials[node] += 1
        cases[node] += exposed
    how = Settings("bernoulli_fixed", chance=1 / 11, replicates=99)
    some = np.flatnonzero(trials)
    found = tree_scan(cases[some], Tree.flat(tree.names[i] for i in some), trials[some], how).clusters
    told = [("12", 16.187145), ("11", 13.657855), ("V01-X59", 12.268163)]
    assert [c.node for c in found[:3]] == [name for name, _ in told]
    assert [c.llr for c in found[:3]] == pytest.approx([llr for _, llr in told], abs=1e-6)
    assert [c.llr for c in found[3:6]] == pytest.approx([11.95732, 11.79775, 10.80614], abs=1e-4)
    assert found[0].observed == 122
    assert found[0].p == 0.01
