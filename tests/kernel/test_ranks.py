"""The bands of the two laws, and what a rank of one line becomes in the other."""

from datetime import date

import pytest

from guanjian.kernel.ranks import LAWS, LOWEST, NAMES, Line, PostLevel, approver, band, converted, law_of, name_of

DAY = date(2026, 1, 1)
TABLE = """
ministry 1-1 1-1
ministry_deputy 2-2 2-2
bureau 3-4 3-4
bureau_deputy 4-5 4-5
division 5-7 5-7
division_deputy 6-8 6-8
section 7-10 6-9
section_deputy 8-11 7-10
staff 9-12 8-11
clerk 10-13 9-13
"""  # 海关关衔条例 art. 8; 人民警察警衔条例 art. 8


def read() -> dict:
    rows = [line.split() for line in TABLE.strip().splitlines()]
    return {(line, level): tuple(map(int, told.split("-"))) for level, *both in rows
            for line, told in zip(("customs", "police"), both, strict=True)}  # fmt: skip


def test_the_bands_are_those_of_the_two_laws():
    assert {(line.value, level.value): band(line, level, DAY) for line in Line for level in PostLevel} == read()


def test_every_rank_converts_into_its_band_and_as_little_as_can_be():
    for (line, level), (highest, lowest) in read().items():
        for present in range(1, LOWEST + 1):
            nearest = min(range(highest, lowest + 1), key=lambda rank: abs(rank - present))
            assert converted(present, line, level, DAY) == nearest


def test_a_first_superintendent_becomes_a_second_in_customs():
    assert converted(6, Line.CUSTOMS, PostLevel.SECTION, DAY) == 7
    assert (name_of("police", 6).zh, name_of("customs", 7).zh) == ("一级警督", "二级关务督察")


@pytest.mark.parametrize(
    ("line", "rank", "says"),
    [
        ("customs", 4, "总理"),
        ("customs", 5, "署长"),
        ("customs", 8, "署长"),
        ("customs", 9, "直属海关关长"),
        ("police", 8, "公安部部长"),
        ("police", 9, "厅（局）长"),
        ("police", 12, "政治部主任"),
    ],
)
def test_the_rank_is_approved_where_the_law_says(line, rank, says):
    assert says in approver(line, rank, DAY).zh


def test_every_rank_has_one_name_and_every_law_its_source():
    assert all(len(set(names)) == LOWEST for names in NAMES.values())
    assert all("条例" in law.source and set(law.bands) == set(PostLevel) for law in LAWS)
    assert law_of("police", date(2000, 1, 1)).line == "police"
