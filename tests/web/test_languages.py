"""Chinese and English are complete: every text has both, and the English pages hold no Chinese but data."""

import ast
import re
from pathlib import Path

import pytest

from guanjian import kernel
from tests import cast

SRC = Path(kernel.__file__).resolve().parents[1]
HAN = re.compile(r"[\u3400-\u9fff]")
WIDE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
SAY = re.compile(r"""{%\s*say\s+("(?:[^"]*)"|'(?:[^']*)')\s+("(?:[^"]*)"|'(?:[^']*)')""")
OFFICE = [
    SRC / room for room in ("kernel", "org", "ledger", "moving", "teamwork", "pages", "loops", "web", "api", "jobs")
]


def _said_in_code() -> list[tuple[str, str, str]]:
    """Every pair of literals in Text(zh, en), in an error and in a member of Names: where, zh, en."""
    found = []
    for path in sorted(path for room in OFFICE for path in room.rglob("*.py")):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TWO:
                found += _pair(path, node.lineno, node.args)
            if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "Names" for base in node.bases):
                for line in node.body:
                    if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple):
                        found += _pair(path, line.lineno, line.value.elts[1:])
    return found


TWO = {"Text", "BadInput", "NotAllowed", "NotFound", "Stale", "BrokenLedger", "GuanjianError"}


def _pair(path: Path, line: int, parts: list) -> list[tuple[str, str, str]]:
    if len(parts) < 2 or not all(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in parts[:2]):
        return []
    return [(f"{path.relative_to(SRC)}:{line}", parts[0].value, parts[1].value)]


def _said_in_pages() -> list[tuple[str, str, str]]:
    found = []
    for path in sorted(SRC.rglob("*.html")):
        for match in SAY.finditer(path.read_text()):
            found.append((str(path.relative_to(SRC)), match[1][1:-1], match[2][1:-1]))
    return found


def _words(text: str) -> str:
    """What is left of a text without the places that are filled in and without signs."""
    return re.sub(r"\{\w+\}|\W", "", text)


def test_every_text_has_both_languages_each_in_its_own():
    said = _said_in_code() + _said_in_pages()
    assert len(said) > 400
    wrong = [line for line in said if not line[1].strip() or not line[2].strip()]
    no_chinese = [line for line in said if _words(line[1]) and not HAN.search(line[1]) and line[1] != line[2]]
    chinese = [line for line in said if WIDE.search(re.sub("中文", "", line[2]))]
    assert (wrong, no_chinese, chinese) == ([], [], [])


def test_nothing_is_written_on_a_page_outside_of_say():
    bare = []
    for path in sorted(SRC.rglob("*.html")):
        if path.name == "broken.html":
            continue
        text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", path.read_text(), flags=re.S)
        bare += [f"{path.relative_to(SRC)}: {hit}" for hit in HAN.findall(text)]
    allowed = {"鉴", "模", "拟", "数", "据", "中", "文"}
    assert [line for line in bare if line[-1] not in allowed] == []


@pytest.mark.parametrize("who", ["front", "leader_hq", "admin", "security", "audit"])
def test_english_pages_hold_no_chinese_but_data(browse, who):
    browser = browse(who)
    browser.cookies["language"] = "en"
    everybody = ["/", "/alert/?tab=open", "/clue/", "/search/?q=none", "/account/factors/", "/leave/", "/messages/"]
    for address in [*everybody, "/messages/ways/", *PAGES.get(who, [])]:
        page = browser.get(address)
        if page.status_code == 404:
            continue
        text = page.content.decode()
        data = re.sub(r'<td[^>]*lang="zh"[^>]*>.*?</td>', "", text, flags=re.S)
        body = re.sub(r"<[^>]*>", " ", data).replace("中文", "").replace("鉴", "")
        assert 'lang="en"' in text
        names = re.sub(rf"某{who}|署办〔2026〕1号", "", body)
        assert WIDE.findall(names) == [], (address, WIDE.findall(names))


PAGES = {
    "admin": ["/office/holidays/", "/office/parameters/", "/office/jobs/", "/office/mandates/"],
    "security": ["/office/accounts/"],
    "audit": ["/office/ledger/", "/office/verification/"],
}


def test_the_language_chosen_stays_with_the_person(browse):
    browser = browse("front")
    assert "我的待办" in browser.get("/").content.decode()
    answer = browser.post("/language/", {"language": "en", "next": "/search/"})
    assert answer["Location"] == "/search/"
    assert "My work" in browser.get("/").content.decode()
    elsewhere = cast.client("front")
    assert "My work" in elsewhere.get("/").content.decode()


def test_going_back_after_choosing_never_leaves_this_site(browse):
    answer = browse("front").post("/language/", {"language": "en", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
