"""XES event logs (IEEE 1849): every event becomes a row of `events`; what has no column of ours goes to `attributes`."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa

from guanjian.ingest.raw import LINE, Form, Raw
from guanjian.ingest.spool import spool
from guanjian.ingest.text import blocks, opened
from guanjian.kernel.errors import BadInput

SUFFIXES = (".xes", ".xes.gz")
TEXT = False
COLUMNS = ("event_id", "object_type", "object_id", "activity", "officer_id", "at", "system", "attributes")
NAMED = {"concept:name": "activity", "org:resource": "officer_id", "time:timestamp": "at"}
BATCH = 50_000


def read(path: Path, scratch: Path, form: Form) -> Raw:
    """One pass over the XML, a trace at a time."""
    _refuse_entities(path)
    schema = pa.schema([(name, pa.string()) for name in COLUMNS] + [(LINE, pa.int64())])
    target = scratch / "rows.parquet"
    try:
        rows = spool(_batches(path, schema), schema, target)
    except ElementTree.ParseError as error:
        raise BadInput(
            f"{path.name} 不是完整的 XES（XML 第 {error.position[0]} 行出错），请重新导出。",
            f"{path.name} is no complete XES (its XML breaks on line {error.position[0]}); export it again.",
        ) from None
    return Raw(path, target, dict.fromkeys(COLUMNS, "VARCHAR"), rows, contract=True)


def _refuse_entities(path: Path) -> None:
    """A log needs no document type; entities are how XML bombs are made. Reading all blocks checks the packing too."""
    tail = b""
    for block in blocks(path):
        if b"<!DOCTYPE" in tail + block or b"<!ENTITY" in tail + block:
            raise BadInput(
                f"{path.name} 含有 DOCTYPE 或实体声明，为防 XML 炸弹不予读取，请去掉后再导入。",
                f"{path.name} declares a DOCTYPE or entities, which may be an XML bomb; remove them and import again.",
            )
        tail = block[-16:]


def _batches(path: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for rows in itertools.batched(_events(path), BATCH):
        yield pa.RecordBatch.from_pylist(list(rows), schema)


def _events(path: Path) -> Iterator[dict]:
    log_name, number, depth = "", 0, 0
    with opened(path) as file:
        for moment, element in ElementTree.iterparse(file, events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            depth += 1 if moment == "start" else -1
            if moment == "start" and depth == 1 and tag != "log":
                raise _no_log(path)
            if moment == "start" or depth != 1:
                continue
            if tag == "string" and element.get("key") == "concept:name":
                log_name = element.get("value", "")
            if tag == "trace":
                for event in _trace(element, log_name or path.name.split(".")[0], number):
                    number += 1
                    yield event
            element.clear()


def _no_log(path: Path) -> BadInput:
    return BadInput(f"{path.name} 不是 XES 事件日志。", f"{path.name} is no XES event log.")


def _trace(trace: ElementTree.Element, log_name: str, number: int) -> Iterator[dict]:
    about = _attributes(trace)
    case_id = about.pop("concept:name", "")
    shared = {f"case:{key}": value for key, value in about.items()}
    for event in trace:
        if event.tag.rpartition("}")[2] == "event":
            number += 1
            yield _row(_attributes(event), shared, case_id, f"{log_name}#{number}")


def _row(found: dict[str, str], shared: dict[str, str], case_id: str, event_id: str) -> dict:
    row = {column: found.pop(key, None) for key, column in NAMED.items()}
    line = int(event_id.rpartition("#")[2])
    row |= {"event_id": found.pop("identity:id", event_id), "object_type": "process", "object_id": case_id}
    row |= {"system": "system", LINE: line}
    return row | {"attributes": json.dumps(found | shared, ensure_ascii=False) if found or shared else None}


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    return {child.get("key"): child.get("value") for child in element if child.get("key")}
