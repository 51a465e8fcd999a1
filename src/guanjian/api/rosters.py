"""The noun “rosters”."""

from guanjian.api.desks import router_for
from guanjian.loops.roster.views import DESK

router = router_for(DESK)
