"""Checking what the ledger gave out, far from it: a checkpoint, a proof, a growth proof or an exported stream.

Nothing here needs a database or Django. The key inside a document only shows that the document fits together; trust
comes from a key that the reader had before (`guanjian ledger check FILE --key`).
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator

from guanjian.kernel.errors import BadInput, BrokenLedger
from guanjian.kernel.words import Text
from guanjian.ledger import checkpoint
from guanjian.ledger.checkpoint import Statement
from guanjian.ledger.leaves import Content, leaf_data
from guanjian.ledger.merkle import Frontier, hasher
from guanjian.ledger.note import Verifier
from guanjian.ledger.proofs import continues, includes

PROOF = "guanjian-ledger-proof"
GROWTH = "guanjian-ledger-growth"
EXPORT = "guanjian-ledger-export"


def check(lines: Iterable[str], key: str | None = None) -> list[Text]:
    """What has been shown, one sentence each; `BrokenLedger` says what does not hold, `BadInput` what is unreadable."""
    reader = iter(lines)
    first = next(reader, "")
    if not first.startswith("{"):
        if key is None:
            raise BadInput("检查点不带公钥，请用 --key 给出。", "A checkpoint carries no key; give it with --key.")
        return [_said(_signed("".join([first, *reader]), key))]
    if not _is_json(first):  # one document over many lines
        first, reader = "".join([first, *reader]), iter(())
    document = _document(first)
    if document.get("kind") == EXPORT:
        return [_exported(document, reader, key)]
    return [_document_checked(each, key) for each in _documents(first, reader)]


def _documents(first: str, rest: Iterator[str]) -> Iterator[dict]:
    yield _document(first)
    yield from (_document(line) for line in rest if line.strip())


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except json.JSONDecodeError:
        return False
    return True


def _document(line: str) -> dict:
    try:
        found = json.loads(line)
    except json.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise BadInput(
            "文件应为每行一个 JSON 对象，或检查点文本。", "Expected one JSON object a line, or a checkpoint."
        )
    return found


def _document_checked(document: dict, key: str | None) -> Text:
    try:
        if document.get("kind") == PROOF:
            return _included(document, key or document["key"])
        if document.get("kind") == GROWTH:
            return _grown(document, key or document["key"])
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise BadInput(f"证明文件不完整：{error}", f"The proof is not complete: {error}") from None
    raise BadInput("这不是账本的证明。", "This is no proof of the ledger.")


def _signed(text: str, key: str) -> Statement:
    return checkpoint.opened(text, Verifier.parse(key))


def _said(statement: Statement) -> Text:
    return Text("检查点有效：{o}，{n} 条，{t}。", "The checkpoint is valid: {o}, {n} entries, {t}.").filled(
        o=statement.origin, n=statement.head.size, t=statement.time
    )


def _path(document: dict) -> list[bytes]:
    return [base64.b64decode(part, validate=True) for part in document["path"]]


def _included(document: dict, key: str) -> Text:
    statement, content, index = _signed(document["checkpoint"], key), Content(**document["entry"]), document["index"]
    hash = hasher(statement.hash_name)
    _same_stream(statement, content)
    if not includes(hash, hash.leaf(leaf_data(content)), index, _path(document), statement.head):
        raise BrokenLedger(
            f"第 {index} 条（{content.event} {content.subject}）与检查点不符。",
            f"Entry {index} ({content.event} {content.subject}) does not agree with the checkpoint.",
        )
    return Text("{o} 第 {i} 条在账：{e} {s} {a} {t}。", "{o} entry {i} is in the ledger: {e} {s} {a} {t}.").filled(
        o=statement.origin, i=index, e=content.event, s=content.subject, a=content.actor, t=content.at
    )


def _grown(document: dict, key: str) -> Text:
    older, newer = _signed(document["older"], key), _signed(document["checkpoint"], key)
    if older.origin != newer.origin or not continues(hasher(newer.hash_name), older.head, newer.head, _path(document)):
        raise BrokenLedger(
            f"{newer.origin} 不是原检查点（{older.head.size} 条）的延续：历史已被改写。",
            f"{newer.origin} does not continue the older checkpoint of {older.head.size}: history was rewritten.",
        )
    return Text("{o} 从 {a} 条到 {b} 条只增未改。", "{o} only grew, from {a} to {b} entries.").filled(
        o=newer.origin, a=older.head.size, b=newer.head.size
    )


def _exported(document: dict, lines: Iterator[str], key: str | None) -> Text:
    statement = _signed(document["checkpoint"], key or document["key"])
    tree = Frontier(hasher(statement.hash_name))
    for line in lines:
        content = Content(**_document(line))
        _same_stream(statement, content)
        tree.append(tree.hash.leaf(leaf_data(content)))
    if tree.head != statement.head:
        raise BrokenLedger(
            f"导出的 {tree.size} 条与检查点的 {statement.head.size} 条不符。",
            f"The {tree.size} exported entries do not give the root of the checkpoint's {statement.head.size}.",
        )
    return _said(statement)


def _same_stream(statement: Statement, content: Content) -> None:
    if statement.origin.rpartition("/")[2] != content.stream:
        raise BrokenLedger("条目不属于这个检查点的账列。", "The entry is not of the checkpoint's stream.")
