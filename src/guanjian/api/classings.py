"""The noun “classings”."""

from guanjian.api.desks import router_for
from guanjian.loops.classing.views import DESK

router = router_for(DESK)
