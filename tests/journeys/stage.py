"""Set the stage in the server's own home: the cast with passwords and second factors, an alert and a lead.

`python -m tests.journeys.stage` prints, as JSON, each person's TOTP secret and the addresses of what was opened.
"""

from __future__ import annotations

import json

from guanjian.cli import open_office

PASSWORD = "gate-keeping 2026 关"
PLAYERS = (
    *("front", "colleague", "chief", "house_head", "function", "function_two", "police", "police_head", "legal"),
    *("risk", "leader", "oversight", "oversight_two", "oversight_hq", "admin", "stranger", "stranger_function"),
    *("function_hq", "leader_hq", "security"),
)


def seat(name: str) -> str:
    """Give one of the cast a password and a second factor; returns its secret."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from guanjian.org import keyring
    from tests.cast import person

    player, secret = person(name), generate_totp_secret()
    player.set_password(PASSWORD)
    player.save()
    TOTP.activate(player, secret)
    keyring.sign_in(player, PASSWORD)
    return secret


def main() -> None:
    """Everybody and everything that the journeys need."""
    open_office()
    from guanjian.loops.alert.actions import open_from_finding as open_alert
    from guanjian.loops.lead.actions import open_from_finding as open_lead
    from guanjian.org.actor import SYSTEM
    from guanjian.org.models import Unit
    from tests.cast import settle
    from tests.loops.findings import finding, finding_about_a_person

    settle()
    secrets = {name: seat(name) for name in PLAYERS}
    house, section = Unit.objects.get(pk="2201"), Unit.objects.get(pk="2201-01")
    alert = open_alert(finding(), house, SYSTEM, source="simulated-journey")
    quiet = open_alert(finding(subject_id="E0002", period="2026-09"), house, SYSTEM, source="simulated-journey")
    lead = open_lead(finding_about_a_person(), section, SYSTEM, source="simulated-journey")
    print(json.dumps({"secrets": secrets, "alert": alert.pk, "other_alert": quiet.pk, "lead": lead.pk}))


if __name__ == "__main__":
    main()
