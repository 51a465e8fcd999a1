"""A model as one file: plain arrays and trees in a ZIP, no code in it; its version is the hash of its content."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np

from guanjian.kernel.errors import BadInput, NotFound
from guanjian.targeting.features import Memory
from guanjian.targeting.heads import Heads
from guanjian.targeting.model import Model
from guanjian.targeting.past import Past
from guanjian.targeting.prices import Peers
from guanjian.targeting.relations import relations
from guanjian.targeting.settings import Settings

FORM = 2
SINCE = (1980, 1, 1, 0, 0, 0)  # every member has the same date: the same model gives the same bytes
GATHERED = {"results": Past, "meetings": Past, "peers": Peers}


def save(model: Model, path: Path) -> str:
    """Write it, whole or not at all, and return its version."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as box:
        for name, content in _members(model):
            box.writestr(zipfile.ZipInfo(name, SINCE), content, zipfile.ZIP_DEFLATED)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(packed.getvalue())
    with beside.open("rb") as written:
        os.fsync(written.fileno())
    beside.replace(path)
    model.version = _version(packed.getvalue())
    return model.version


def load(path: Path) -> Model:
    """The model in this file; `BadInput` when it is none of ours."""
    if not path.is_file():
        raise NotFound(f"没有模型文件：{path}", f"There is no model file: {path}")
    content = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            members = {name: box.read(name) for name in box.namelist()}
            about = json.loads(members["about.json"])
            model = _model(about, members)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise BadInput(
            f"{path.name} 不是本系统的模型文件，或版本不符。", f"{path.name} is no model file of this version."
        ) from error
    model.version = _version(content)
    return model


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _members(model: Model) -> Iterator[tuple[str, bytes]]:
    memory, heads = model.memory, model.heads
    single = {"results": {}, "meetings": {}}
    for kind in GATHERED:
        for name, gathered in getattr(memory, kind).items():
            for field in fields(gathered):
                value = getattr(gathered, field.name)
                if isinstance(value, np.ndarray):
                    yield f"{kind}/{name}/{field.name}.npy", _array(value)
                else:
                    single[kind].setdefault(name, {})[field.name] = value if np.isfinite(value) else None
    yield "sample.npy", _array(model.sample)
    yield "sample_scores.npy", _array(model.sample_scores)
    yield "violation.ubj", bytes(heads.violation.save_raw("ubj"))
    if heads.amount is not None:
        yield "amount.ubj", bytes(heads.amount.save_raw("ubj"))
    about = {"form": FORM, "settings": asdict(memory.settings), "facts": model.facts, "smear": heads.smear}
    about |= {"history": [one.parts for one in memory.history], "single": single, "peers": sorted(memory.peers)}
    yield "about.json", json.dumps(about, sort_keys=True).encode()


def _model(about: dict, members: Mapping[str, bytes]) -> Model:
    if about["form"] != FORM:
        raise ValueError(about["form"])
    given = about["settings"]
    settings = Settings(**given | {name: tuple(map(tuple, given[name])) for name in ("crosses", "only")})
    gathered = {kind: _pasts(kind, about["single"][kind], members) for kind in ("results", "meetings")}
    peers = {name: Peers(**_arrays(f"peers/{name}", Peers, members)) for name in about["peers"]}
    memory = Memory(settings, relations(about["history"]), **gathered, peers=peers)
    amount = _trees(members["amount.ubj"]) if "amount.ubj" in members else None
    heads = Heads(_trees(members["violation.ubj"]), amount, about["smear"])
    return Model(memory, heads, _read(members["sample.npy"]), _read(members["sample_scores.npy"]), about["facts"])


def _pasts(kind: str, single: dict, members: Mapping[str, bytes]) -> dict[str, Past]:
    whole = {name: one | {"fade": np.inf if one["fade"] is None else one["fade"]} for name, one in single.items()}
    return {name: Past(**_arrays(f"{kind}/{name}", Past, members), **one) for name, one in whole.items()}


def _arrays(folder: str, shape: type, members: Mapping[str, bytes]) -> dict[str, np.ndarray]:
    found = {field.name: members.get(f"{folder}/{field.name}.npy") for field in fields(shape)}
    return {name: _read(content) for name, content in found.items() if content is not None}


def _array(values: np.ndarray) -> bytes:
    packed = io.BytesIO()
    np.save(packed, values, allow_pickle=False)
    return packed.getvalue()


def _read(content: bytes) -> np.ndarray:
    return np.load(io.BytesIO(content), allow_pickle=False)


def _trees(content: bytes):
    import xgboost

    trees = xgboost.Booster({"nthread": 1})
    trees.load_model(bytearray(content))
    return trees
