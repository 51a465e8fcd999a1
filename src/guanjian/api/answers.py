"""The noun “answers”."""

from guanjian.api.desks import router_for
from guanjian.loops.answer.views import DESK

router = router_for(DESK)
