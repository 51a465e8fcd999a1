"""`make draw`: write the generated documents anew; a test of each fails when it is stale."""

import os
import subprocess
import sys

import django

OTHERS = (
    "guanjian.customs.page",
    "guanjian.customs.formula.page",
    "guanjian.signals.page",
    "guanjian.signals.indicator_page",
    "guanjian.signals.nodes.page",
    "tests.signals.controls.drawing",
)

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.loops import drawing

    drawing.PATH.write_text(drawing.drawing(), encoding="utf-8")
    for module in OTHERS:
        subprocess.run([sys.executable, "-m", module], check=True)
