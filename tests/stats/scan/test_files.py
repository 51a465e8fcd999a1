"""The scan command reads CSV and SaTScan files, answers in JSON, and says in one sentence what is wrong."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from guanjian.cli.scan import command
from guanjian.kernel.errors import BadInput


def run(*arguments):
    done = CliRunner().invoke(command, [str(a) for a in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


@pytest.fixture
def files(tmp_path):
    """Twelve houses in a row, 40 weeks, two lines; in the last three weeks line b rises in houses 0 to 2."""
    rng = np.random.default_rng(3)
    lines = ["place,node,time,count"]
    for week in range(40):
        for house in range(12):
            for node in "ab":
                hit = 6 if week >= 37 and house < 3 and node == "b" else 0
                lines.append(f"h{house},{node},2025-W{week + 1:02},{rng.poisson(2) + hit}")
    (tmp_path / "cases.csv").write_text("\n".join(lines))
    (tmp_path / "places.csv").write_text("place,x,y\n" + "\n".join(f"h{i},{i},0" for i in range(12)))
    (tmp_path / "tree.csv").write_text("node,parent\nall,\na,all\nb,all\n")
    return tmp_path


def test_a_planted_rise_is_reported_with_place_branch_and_window(files):
    out = files / "found.json"
    run("--cases", files / "cases.csv", "--places", files / "places.csv", "--tree", files / "tree.csv", "--window", 6,
        "--replicates", 99, "--out", out)  # fmt: skip
    told = json.loads(out.read_text())
    best = told["clusters"][0]
    assert (set(best["places"]), best["branch"], best["window"]) == ({"h0", "h1", "h2"}, "b", ["2025-W38", "2025-W40"])
    assert (told["statistic"], best["p"], best["recurrence"]) == ("nb_tail", 0.01, 100)
    assert best["observed"] > 2 * best["expected"]


def test_a_history_that_is_too_short_gets_no_p_but_a_sentence(files):
    rows = (files / "cases.csv").read_text().splitlines()
    thin = [row for row in rows[1:] if "W01" <= row.split(",")[2][5:] <= "W10"]
    (files / "thin.csv").write_text("\n".join([rows[0], *thin[::4]]))
    done = run(
        "--cases", files / "thin.csv", "--places", files / "places.csv", "--window", 3, "--out", files / "f.json"
    )
    told = json.loads((files / "f.json").read_text())
    assert "历史太短" in done.output
    assert told["replicates"] == 0
    assert told["clusters"][0]["p"] is None
    assert told["clusters"][0]["recurrence"] is None


def test_the_same_seed_gives_the_same_file(files):
    arguments = ("--cases", files / "cases.csv", "--places", files / "places.csv", "--replicates", 19, "--out")
    run(*arguments, files / "a.json")
    run(*arguments, files / "b.json")
    assert (files / "a.json").read_text() == (files / "b.json").read_text()


def test_satscan_parameter_file_runs_as_it_is(shared, tmp_path):
    run("--prm", shared("data/scan/satscan_samples/NHumbersideSpatialBernoulli.prm"), "--out", tmp_path / "f.json")
    told = json.loads((tmp_path / "f.json").read_text())
    tops = [set(c["places"]) for c in told["clusters"][:2]]
    assert {"170", "173", "172", "169"} in tops
    assert told["clusters"][0]["llr"] == pytest.approx(4.836516, abs=1e-6)
    assert (told["statistic"], told["replicates"], told["total_cases"]) == ("bernoulli", 999, 62)


def test_satscan_case_population_and_coordinates_files(shared, tmp_path):
    folder = shared("data/scan/ny_leukemia_satscan_flexscan_ref")
    for name, kind in (("cases", "cas"), ("pop", "pop"), ("coords", "geo")):
        (tmp_path / f"ny.{kind}").write_text((folder / f"satscan_ny_{name}.txt").read_text())
    run("--cases", tmp_path / "ny.cas", "--places", tmp_path / "ny.geo", "--exposure", tmp_path / "ny.pop",
        "--out", tmp_path / "f.json")  # fmt: skip
    best = json.loads((tmp_path / "f.json").read_text())["clusters"][0]
    assert (len(best["places"]), best["observed"]) == (31, 106)
    assert best["llr"] == pytest.approx(14.780276, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("cases.csv", "place,count\nh0,many\n", "'many' is not a number"),
        ("cases.csv", "place,count\nnowhere,3\n", "'nowhere' is not declared"),
        ("cases.csv", "house,count\nh0,3\n", "lacks the column place"),
        ("cases.csv", "place,count\nh0,-3\n", "not below 0"),
        ("cases.csv", "place,time,count\nh0,someday,3\n", "'someday' is not a whole number"),
        ("places.csv", "place,east,north\nh0,1,1\n", "needs lon,lat or x,y"),
        ("places.csv", "place,x,y\nh0,1,1\nh0,1,2\n", "names a place twice"),
        ("tree.csv", "node,parent\na,b\nb,a\n", "runs in a circle"),
    ],
)
def test_bad_input_is_one_clear_sentence(files, name, text, told):
    (files / name).write_text(text)
    with pytest.raises(BadInput) as refused:
        run(
            "--cases",
            files / "cases.csv",
            "--places",
            files / "places.csv",
            "--tree",
            files / "tree.csv",
            "--out",
            files / "o",
        )
    assert told in refused.value.text.en
    assert not (files / "o").exists()
