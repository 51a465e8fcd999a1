"""A console of its own in a process of its own, for a browser: `python -m tests.web.stage FOLDER PORT`.

A real server because a browser asks many things at once, and because the ledger lets nothing be deleted after a test.
"""

from __future__ import annotations

import os
import sys

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "correct horse battery"


def prepare() -> None:
    """The small country, three people who can sign in, and an alert at the front line."""
    from allauth.mfa.totp.internal.auth import TOTP
    from django.core.management import call_command

    from guanjian.kernel.papers import Finding, Level, Subject
    from guanjian.loops.alert.actions import open_from_finding
    from guanjian.org.actor import SYSTEM
    from guanjian.org.models import Unit
    from tests import cast

    call_command("migrate", verbosity=0)
    cast.settle()
    for name in ("front", "colleague", "stranger"):
        person = cast.person(name)
        person.set_password(PASSWORD)
        person.save()
        if name != "colleague":
            TOTP.activate(person, SECRET)
    unit = Unit.objects.get(pk="2201")
    for number in range(3):
        told = {"explanation": "单价低于同行九成", "run_id": "stage", "evidence": {"price": "1.20", "peers": "12.60"}}
        subject = (Subject.ENTERPRISE, f"312296000{number}", "2026-Q3")
        open_from_finding(Finding("VAL-01", "2201", "duty", *subject, 9.4, Level.RED, **told), unit, SYSTEM)


def serve(port: int) -> None:
    """Answer until stopped."""
    from granian import Granian

    Granian("guanjian.wsgi:application", interface="wsgi", address="127.0.0.1", port=port, workers=1).serve()


if __name__ == "__main__":
    os.environ |= {
        "GUANJIAN_HOME": sys.argv[1],
        "GUANJIAN_INSECURE": "1",
        "DJANGO_SETTINGS_MODULE": "guanjian.settings",
    }
    import django

    django.setup()
    prepare()
    serve(int(sys.argv[2]))
