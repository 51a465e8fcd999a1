"""How is everything that a judgement was made from kept, so that it can be made again? One folder named after its content."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from guanjian.kernel.errors import NotFound
from guanjian.kernel.words import Text
from guanjian.risk.cell import Controls
from guanjian.risk.gather import Gathered
from guanjian.risk.places import Places
from guanjian.risk.telling import Wording


def keep(given: Gathered, folder: Path) -> str:
    """Write it unless it is there; the name of its folder."""
    fresh = folder / "input.tmp"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    given.table.to_parquet(fresh / "measured.parquet", index=False, compression="zstd")
    write(fresh / "beside.json", json.dumps(_beside(given), ensure_ascii=False, sort_keys=True))
    content = b"".join((fresh / name).read_bytes() for name in ("measured.parquet", "beside.json"))
    target = folder / f"input-{sha(content)[:16]}"
    if target.exists():
        shutil.rmtree(fresh)
    else:
        fresh.replace(target)
    return target.name


def load(folder: Path) -> Gathered:
    """What `keep` wrote."""
    if not folder.exists():
        raise NotFound(f"当时的输入 {folder.name} 不在。", f"The input {folder.name} of that time is not there.")
    told = json.loads((folder / "beside.json").read_text(encoding="utf-8"))
    codes, points, district, peers = told["places"]
    names = ({code: Text(*both) for code, both in named.items()} for named in told["wording"])
    return Gathered(
        pd.read_parquet(folder / "measured.parquet"),
        Places(tuple(codes), np.array(points), tuple(district), tuple(peers)),
        Wording(*names),
        Controls(*told["controls"]),
        None if told["shared"] is None else np.array(told["shared"]),
    )


def _beside(given: Gathered) -> dict:
    places, words = given.places, given.wording
    return {
        "places": [places.codes, places.points.tolist(), places.district, places.peers],
        "wording": [{code: [t.zh, t.en] for code, t in named.items()} for named in (words.indicators, words.units)],
        "controls": [dict(given.controls.cause), dict(given.controls.effect)],
        "shared": None if given.shared is None else given.shared.tolist(),
    }


def sha(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write(path: Path, text: str) -> None:
    """The whole file or nothing of it."""
    fresh = path.with_name(path.name + ".tmp")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
