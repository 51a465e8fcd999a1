"""The scoring process and whoever asks it: answers, refusals, a new model file, and a process that stays light."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from guanjian.kernel.errors import BadInput
from guanjian.targeting import file, serving
from guanjian.targeting.asking import NotServing, ask
from guanjian.targeting.model import Model
from guanjian.targeting.settings import Settings
from tests.targeting.samples import market

DECLARATION = {
    "entry_id": "E9",
    "declared_at": "2023-12-09T10:00:00+08:00",
    "unit_code": "2201",
    "consignee_id": "C3",
    "agent_id": "A1",
    "hs_code": "8501100000",
    "origin_country": "DE",
    "value_cny": 3000,
    "quantity": 60,
    "net_kg": 120,
    "tax_rate": 10,
}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("targeting") / "risk.model"
    file.save(Model.train(market(), Settings(rounds=40)), path)
    return path


@pytest.fixture
def place():
    """A short path: the name of a socket may have a hundred letters at most."""
    folder = Path(tempfile.mkdtemp(prefix="gj-"))
    yield folder / "s"
    shutil.rmtree(folder)


@pytest.fixture
def served(path, place):
    """A scoring process that answers at `place`."""
    command = [sys.executable, "-m", "guanjian.cli", "target", "serve", "--model", str(path), "--socket", str(place)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 180
    while not place.exists() and time.monotonic() < until:
        time.sleep(0.05)
    yield place
    process.terminate()
    process.wait(10)


def test_the_process_scores_one_declaration_with_reasons(served):
    answer = ask(served, DECLARATION)
    assert answer["entry_id"] == "E9"
    assert 0 < answer["probability"] < 1
    assert answer["expected_cny"] == pytest.approx(answer["probability"] * answer["at_stake_cny"], rel=1e-3)
    assert any("收发货人" in why["zh"] for why in answer["reasons"])
    assert ask(served, DECLARATION | {"consignee_id": "C5"})["probability"] < answer["probability"]
    assert oct(served.stat().st_mode)[-3:] == "600"


def test_scoring_one_declaration_costs_at_most_ten_milliseconds_of_cpu(served):
    costs = sorted(ask(served, DECLARATION | {"entry_id": f"E{number}"})["cpu_ms"] for number in range(41))
    assert costs[20] <= 10


@pytest.mark.parametrize(
    ("change", "told"),
    [({"entry_id": ""}, "报关单号"), ({"declared_at": "soon"}, "读不成"), ({"value_cny": "dear"}, "读不成")],
)
def test_what_is_no_declaration_is_refused_and_the_process_goes_on(served, change, told):
    with pytest.raises(BadInput, match=told):
        ask(served, DECLARATION | change)
    assert ask(served, DECLARATION)["entry_id"] == "E9"


def test_noise_on_the_line_does_not_stop_the_process(served):
    with socket.socket(socket.AF_UNIX) as wire:
        wire.connect(str(served))
        wire.sendall(b"GET / HTTP/1.1\n")
        assert "error" in json.loads(wire.makefile().readline())
    assert ask(served, DECLARATION)["entry_id"] == "E9"


def test_without_the_process_the_sentence_says_what_to_start(place):
    with pytest.raises(NotServing, match="guanjian target serve"):
        ask(place, DECLARATION)


def test_a_process_that_hangs_up_is_no_answer(place):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        listener.listen(1)
        threading.Thread(target=lambda: listener.accept()[0].close(), daemon=True).start()
        with pytest.raises(NotServing):
            ask(place, DECLARATION)


def test_a_replaced_model_file_is_loaded_anew(path, tmp_path):
    copy = tmp_path / "risk.model"
    shutil.copy(path, copy)
    scoring = serving.Scoring(copy)
    before = scoring.answer(DECLARATION)["model_version"]
    file.save(Model.train(market(seed=8), Settings(rounds=20)), copy)
    os.utime(copy, ns=(1, 1))
    assert scoring.answer(DECLARATION)["model_version"] != before


def test_whoever_asks_loads_neither_trees_nor_arrays():
    told = (
        "import sys, guanjian.targeting.asking; print([n for n in ('xgboost', 'numpy', 'scipy') if n in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
