"""The mark of the few pages that are reached without signing in, or before the second factor is set up."""

from __future__ import annotations

from collections.abc import Callable

View = Callable[..., object]
BEFORE_FACTOR = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "mfa_activate_totp",
        "language",
    }
)


def open_to_all(view: View) -> View:
    """This page needs no sign-in."""
    view.login_required = False
    return view
