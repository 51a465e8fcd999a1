"""`make draw`: write the generated documents anew."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.loops import drawing

    drawing.PATH.write_text(drawing.drawing())
