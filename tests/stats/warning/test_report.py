"""The warn command judges series from a file and refuses what it cannot judge in one sentence."""

import csv

import numpy as np
import pytest
from click.testing import CliRunner

from guanjian.cli.warn import command
from guanjian.kernel.errors import BadInput
from guanjian.stats.times import steps_of


def run(*arguments):
    done = CliRunner().invoke(command, [str(a) for a in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


@pytest.fixture
def weeks(tmp_path):
    """Six years of two series; the second leaps in the last week."""
    rng = np.random.default_rng(5)
    days = np.datetime64("2019-01-07") + np.arange(300) * np.timedelta64(7, "D")
    counts = rng.poisson(12, (300, 2))
    counts[-1, 1] = 60
    lines = [f"{day},{a},{b}" for day, (a, b) in zip(days, counts, strict=True)]
    (tmp_path / "weeks.csv").write_text("\n".join(["time,quiet,struck", *lines]))
    return tmp_path


@pytest.mark.parametrize("method", ["farrington", "farrington-original", "ears", "cusum", "glrnb", "bayes"])
def test_every_method_sees_the_leap_and_only_it_in_the_last_week(weeks, method):
    out = weeks / "out.csv"
    run(
        "--series",
        weeks / "weeks.csv",
        "--method",
        method,
        "--last",
        1 if method not in ("cusum", "glrnb") else 2,
        "--out",
        out,
    )
    with out.open() as file:
        rows = [r for r in csv.DictReader(file) if r["time"] == "2024-09-30"]
    assert [(r["series"], r["alarm"]) for r in rows] == [("quiet", "0"), ("struck", "1")]
    assert rows[1]["observed"] == "60"


def test_long_and_wide_files_give_the_same_verdicts(weeks):
    with (weeks / "weeks.csv").open() as file:
        rows = list(csv.DictReader(file))
    lines = [f"{name},{r['time']},{r[name]}" for name in ("quiet", "struck") for r in rows]
    (weeks / "long.csv").write_text("\n".join(["series,time,count", *lines]))
    for name in ("weeks", "long"):
        run("--series", weeks / f"{name}.csv", "--last", 3, "--out", weeks / f"{name}.out")
    assert (weeks / "weeks.out").read_text() == (weeks / "long.out").read_text()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("time,a\n1,3\n2,x\n", "'x' at 2"),
        ("time,a\n1,3\n3,4\n6,4\n", "gaps in time"),
        ("a\n", "needs a header"),
        ("time,a\n1,3\n2,4\n", "too little history"),
    ],
)
def test_bad_series_are_one_clear_sentence(tmp_path, text, told):
    (tmp_path / "s.csv").write_text(text)
    with pytest.raises(BadInput) as refused:
        run("--series", tmp_path / "s.csv", "--out", tmp_path / "o.csv")
    assert told in refused.value.text.en


def test_an_option_that_the_method_does_not_take_is_refused(weeks):
    with pytest.raises(BadInput):
        run("--series", weeks / "weeks.csv", "--method", "cusum", "--years", 3, "--out", weeks / "o.csv")


def test_labels_become_unbroken_steps():
    at, labels = steps_of(["2020-W52", "2021-W02", "2020-W53"])
    assert labels == ("2020-W52", "2020-W53", "2021-W01", "2021-W02")
    assert at["2021-W02"] == 3
    assert steps_of(["2024-11", "2025-01"])[1] == ("2024-11", "2025-01")
    assert steps_of(["2024-11", "2024-12", "2025-02"])[1] == ("2024-11", "2024-12", "2025-01", "2025-02")
    assert steps_of([])[1] == ("all",)
