"""The noun “cases”."""

from guanjian.api.desks import router_for
from guanjian.loops.case.views import DESK

router = router_for(DESK)
