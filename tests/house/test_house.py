"""The contracts and sizes hold, and each is seen to break on a planted violation."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import sizes

ROOT = Path(__file__).resolve().parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")
PLANTED = {
    "1 floors": ("utils/__init__.py", '"""Nothing."""\n'),
    "2 the analysis side": ("customs/planted.py", "import django\n"),
    "3 the office": ("web/planted.py", "import guanjian.engine\n"),
    "4 loops": ("loops/clue/planted.py", "import guanjian.loops.case.flow\n"),
    "5 inside a loop": ("loops/clue/models.py", "import guanjian.loops.clue.views\n"),
    "6 detectors": None,
    "7 only moving": ("web/planted.py", "import guanjian.ledger.rows\n"),
    "8 no circles": ("org/planted.py", "import guanjian.moving.verbs\n"),
    "9 the simulator": ("simulate/planted.py", "import guanjian.signals\n"),
    "10 statistics": ("stats/planted.py", "import pandas\n"),
}


def lint(folder: Path) -> str:
    """What import-linter says of the tree in this folder."""
    run = [str(LINTER), "--no-cache", "--config", str(folder / "pyproject.toml")]
    environment = {"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin"}
    return subprocess.run(run, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout


def copied(folder: Path) -> Path:
    """A copy of the source tree to plant a violation in."""
    ignore = shutil.ignore_patterns("samples", "static", "__pycache__")
    shutil.copytree(ROOT / "src", folder / "src", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def two_detectors() -> tuple[str, str]:
    """A detector file that imports its neighbour."""
    names = sorted(p.stem for p in (sizes.SRC / "signals" / "detectors").glob("*.py") if p.stem != "__init__")
    return f"signals/detectors/{names[0]}.py", f"import guanjian.signals.detectors.{names[1]}\n"


def test_the_tree_keeps_every_contract():
    said = lint(ROOT)
    assert "0 broken" in said, said


@pytest.mark.slow
@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_violation_breaks_its_contract(contract, tmp_path):
    file, line = PLANTED[contract] or two_detectors()
    target = copied(tmp_path) / "src" / "guanjian" / file
    target.parent.mkdir(exist_ok=True)
    target.write_text((target.read_text() if target.exists() else "") + line)
    said = lint(tmp_path)
    assert any(text.startswith(contract) and text.rstrip().endswith("BROKEN") for text in said.splitlines()), said


def test_sizes_are_kept():
    assert sizes.breaches() == []


def test_a_planted_giant_is_seen(tmp_path):
    room = tmp_path / "guanjian" / "helpers.py"
    room.parent.mkdir()
    room.write_text("def f(a, b, c, d, e, f):\n" + "    a += 1\n" * 320)
    said = "\n".join(sizes.breaches(room.parent))
    assert "320" in said
    assert "6 arguments" in said
    assert "says nothing" in said
