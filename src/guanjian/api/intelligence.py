"""The noun “intelligence”."""

from guanjian.api.desks import router_for
from guanjian.loops.intelligence.views import DESK

router = router_for(DESK)
