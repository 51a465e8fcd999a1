"""The noun “prompts”."""

from guanjian.api.desks import router_for
from guanjian.loops.prompt.views import DESK

router = router_for(DESK)
