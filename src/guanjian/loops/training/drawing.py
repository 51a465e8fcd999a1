"""Which questions stand on a paper, in which order? Drawn from a recorded seed, so that anybody can draw them again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TypedDict

from guanjian.loops.training.bank import CHOICES, Version


class Drawn(TypedDict):
    """One question on a paper: its place in the bank, and the order in which its choices are shown."""

    question: int
    order: str


def draw(seed: str, size: int, asked: int) -> list[Drawn]:
    """The `asked` questions of a bank of `size` whose hash with the seed is smallest, each with shuffled choices."""
    places = sorted(range(size), key=lambda place: _hash(seed, place))[:asked]
    return [Drawn(question=place, order=_order(seed, place)) for place in places]


def _order(seed: str, place: int) -> str:
    return "".join(sorted(CHOICES, key=lambda letter: _hash(seed, place, letter)))


def _hash(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def asked(paper: Sequence[Drawn], bank: Version) -> list[dict]:
    """The paper as it is put before a person: numbers, questions, choices in their order; no answer."""
    return [_one(number, drawn, bank.questions[drawn["question"]]) for number, drawn in enumerate(paper, 1)]


def _one(number: int, drawn: Drawn, question: Mapping[str, str]) -> dict:
    shown = zip(CHOICES, drawn["order"], strict=True)
    choices = [(letter, question[f"choice_{inside.lower()}"]) for letter, inside in shown]
    return {"number": number, "ask": question["ask"], "choices": choices}


def right(drawn: Drawn, bank: Version) -> str:
    """The letter under which the right choice stands on this paper."""
    return CHOICES[drawn["order"].index(bank.questions[drawn["question"]]["right"])]


def score(paper: Sequence[Drawn], answers: Mapping[int, str], bank: Version) -> int:
    """Of a hundred, rounded down; a question without an answer is wrong."""
    found = sum(answers.get(number) == right(drawn, bank) for number, drawn in enumerate(paper, 1))
    return 100 * found // len(paper)
