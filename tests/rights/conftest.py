"""The stage is set once for all people of the matrix."""

import pytest

from guanjian.moving import verbs
from tests import cast
from tests.rights.stage import office


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """Every record that the matrix is walked over; no follow-ups, the steps alone."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(verbs, "SUBSCRIBERS", {})
        patch.setattr(cast, "CAST", dict(cast.CAST))
        with office() as laid:
            yield laid
