"""The noun “risks”."""

from guanjian.api.desks import router_for
from guanjian.loops.register.views import DESK

router = router_for(DESK)
