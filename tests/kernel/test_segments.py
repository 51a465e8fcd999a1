"""Chinese texts are cut into pairs, so that any two characters that stand side by side are found, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjian.kernel.segments import APART, LONGEST, cut, terms

LETTERS = "价格偏低企业a1"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("风险点", "风险 险点 点"),
        ("点", "点"),
        ("Ａ０１企业（深圳）", "a01 企业 业 深圳 圳"),
        ("2201-01", "2201 01"),
        ("，。！", ""),
        ("𠀀𠀁", "𠀀𠀁 𠀁"),
    ],
)
def test_a_text_is_cut(text, pieces):
    assert cut([text]) == pieces


def test_texts_are_kept_apart_and_empty_ones_left_out():
    assert cut(["价格", "", "企业"]) == f"价格 格 {APART} 企业 业"


def test_what_is_too_long_for_an_index_is_cut_off():
    assert len(cut(["价" * (LONGEST + 10)]).split()) == LONGEST


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("价格", [("价格", False)]),
        ("价", [("价", True)]),
        ("价格偏低 E00", [("价格 格偏 偏低", False), ("e00", True)]),
        ("企业A01", [("企业 业 a01", True)]),
        (" ，* \" ' ", []),
        (APART, []),
    ],
)
def test_what_is_asked_for_is_cut_alike(asked, found):
    assert [(" ".join(term.pieces), term.open) for term in terms(asked)] == found


def says(pieces: list[str], term) -> bool:
    """The pieces stand side by side, the last of an open term as a beginning."""
    wanted = term.pieces
    for at in range(len(pieces) - len(wanted) + 1):
        here = pieces[at : at + len(wanted)]
        last = here[-1].startswith(wanted[-1]) if term.open else here[-1] == wanted[-1]
        if tuple(here[:-1]) == wanted[:-1] and last:
            return True
    return False


@given(st.text(LETTERS, max_size=12), st.text("价格偏低企业", min_size=1, max_size=4))
def test_a_chinese_word_is_found_exactly_where_it_stands(text, word):
    (term,) = terms(word)
    assert says(cut([text]).split(), term) == (word in text)


@given(st.text(LETTERS + "（ -", max_size=12), st.text("价格偏低企业", min_size=2, max_size=3))
def test_the_pattern_marks_what_the_pieces_find(text, word):
    (term,) = terms(word)
    assert bool(term.pattern.search(text)) == says(cut([text]).split(), term)
