"""The noun “clues”."""

from guanjian.api.desks import router_for
from guanjian.loops.clue.views import DESK

router = router_for(DESK)
