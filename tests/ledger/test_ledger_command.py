"""The ledger at the shell: what it hands out is checked on another machine, and a breach is exit code 6."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from guanjian.cli import guanjian
from guanjian.kernel.errors import GuanjianError
from guanjian.ledger.sequencer import seal_all

GUANJIAN = Path(sys.executable).with_name("guanjian")


class Done(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def shell(sqlite):
    """Run `guanjian ledger …` in this process."""

    def run(*words):
        done = CliRunner().invoke(guanjian, ["ledger", *map(str, words)])
        error = done.exception if isinstance(done.exception, GuanjianError) else None
        assert error or isinstance(done.exception, SystemExit | None), done.exception
        return Done(error.exit_code if error else done.exit_code, done.stdout, done.stderr + str(error or ""))

    return run


def alone(*words, environment=None):
    """Run it in a process of its own; without the environment of a place there is no office."""
    command = [GUANJIAN, "ledger", *map(str, words)]
    return subprocess.run(command, env=environment or {"PATH": ""}, capture_output=True, text=True, check=False)


def test_a_sound_ledger_is_verified(shell, story):
    story(5)
    assert shell("seal").stdout.startswith("已封存 6 条")
    done = shell("verify")
    assert done.returncode == 0, done.stderr
    assert "6 sealed entries in 2 streams, 0 waiting" in done.stdout


def test_a_broken_ledger_names_the_entry_and_exits_with_6(shell, story, saboteur, sqlite):
    story(5)
    seal_all()
    saboteur("UPDATE ledger_entry SET actor = 'nobody' WHERE sealed_index = 3")
    done = alone("verify", environment=sqlite.environment)
    assert done.returncode == 6
    assert "2200 #3 (id 4) alert:3" in done.stdout
    assert "1 breaches" in done.stderr
    assert json.loads(shell("verify", "--json").stdout)["breaches"][0]["index"] == 3


def test_what_is_handed_out_is_checked_without_the_office(shell, story, sqlite):
    story(300)
    seal_all()
    key = shell("checkpoint", "--key", "--stream", "2200").stdout.strip()
    for words in (["checkpoint", "--stream", "2200"], ["proof", "alert:7"], ["export", "2200"]):
        file = sqlite.home / words[0]
        shell(*words, "--out", file)
        done = alone("check", file, "--key", key)
        assert done.returncode == 0, done.stderr
        assert "2200" in done.stdout
    story(40)
    seal_all()
    shell("checkpoint", "--since", sqlite.home / "checkpoint", "--out", sqlite.home / "growth")
    assert "from 300 to 340" in shell("check", sqlite.home / "growth", "--key", key).stdout
    assert shell("verify", "--against", sqlite.home / "checkpoint").returncode == 0


@pytest.mark.parametrize("what", ["proof", "export", "checkpoint"])
def test_one_changed_character_of_what_was_handed_out_is_refused(shell, story, sqlite, what):
    story(9)
    seal_all()
    key = shell("checkpoint", "--key", "--stream", "2200").stdout.strip()
    words = {"proof": ["proof", "alert:7"], "export": ["export", "2200"], "checkpoint": ["checkpoint"]}[what]
    text = shell(*words).stdout
    file = sqlite.home / "changed"
    changed = text.replace("\n9\n", "\n8\n") if what == "checkpoint" else text.replace("第一次", "第二次", 1)
    assert changed != text
    file.write_text(changed)
    done = shell("check", file, "--key", key)
    assert done.returncode == 6
    assert done.stderr


def test_a_proof_written_over_many_lines_is_checked_too(shell, story, sqlite):
    story(2)
    seal_all()
    file = sqlite.home / "pretty"
    file.write_text(json.dumps(json.loads(shell("proof", "alert:1").stdout), indent=1))
    done = shell("check", file)
    assert done.returncode == 0
    assert "give the key you kept" in done.stderr


def test_another_key_or_no_proof_at_all_is_refused(shell, story, sqlite, tmp_path_factory):
    story(2)
    seal_all()
    from guanjian.ledger.keys import private_key
    from guanjian.ledger.note import Verifier

    other = private_key(tmp_path_factory.mktemp("other"), "x").public_key().public_bytes_raw()
    file = sqlite.home / "proof"
    shell("proof", "alert:1", "--out", file)
    assert shell("check", file, "--key", str(Verifier("x", other))).returncode == 6
    for text in ("", "{", "{}", "[1]", '{"kind": "guanjian-ledger-proof"}', "no checkpoint"):
        file.write_text(text)
        assert shell("check", file, "--key", str(Verifier("x", other))).returncode == 2, text
    assert shell("proof", "alert:99").returncode == 4
