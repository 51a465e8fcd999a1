"""docs/controls.md: the page of the language, then every template, trail and control as the code has them."""

from __future__ import annotations

from pathlib import Path

from guanjian.engine.controls.all_templates import TEMPLATES
from guanjian.signals.controls.catalogue import catalogue
from guanjian.signals.controls.trails import trails

ROOT = Path(__file__).resolve().parents[3]
PATH = ROOT / "docs" / "controls.md"
MARK = "<!-- From here on generated: python -m tests.signals.controls.drawing -->"


def drawing() -> str:
    """The written part of the page as it stands, and the generated part anew."""
    written = PATH.read_text(encoding="utf-8").partition(MARK)[0]
    return f"{written}{MARK}\n\n{_templates()}\n{_trails()}\n{_controls()}"


def _templates() -> str:
    rows = [f"| `{t.signature}` | {t.title.zh} {t.title.en} | {t.says.zh} · {t.says.en} |" for t in TEMPLATES.values()]
    return "\n".join(["## Templates 模板", "", "| template | | says |", "|---|---|---|", *rows, ""])


def _trails() -> str:
    rows = [f"| `{one.name}` | {one.says.replace(' | ', ' · ')} |" for one in trails().values()]
    return "\n".join(["## Trails 轨迹", "", "| trail | tells |", "|---|---|", *rows, ""])


def _controls() -> str:
    parts = [f"## Controls 控制（{len(catalogue())}）", ""]
    for control in catalogue().values():
        parts += [
            f"### {control.code} {control.title.zh} · {control.title.en}",
            "",
            f"{control.sentence.zh}。 {control.sentence.en}.",
            "",
            f"{control.line} · {control.node} · {control.level.label.zh} {control.level.label.en} · {control.basis} · "
            f"`{control.rule.name}` · `{control.trail}`",
            "",
            "```",
            *control.example.splitlines(),
            f"→ breach: {', '.join(control.breach)}"
            + (f" · not testable: {', '.join(control.untestable)}" if control.untestable else ""),
            "```",
            "",
        ]
    return "\n".join(parts)


if __name__ == "__main__":
    PATH.write_text(drawing(), encoding="utf-8")
