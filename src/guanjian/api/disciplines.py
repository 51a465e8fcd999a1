"""The noun “disciplines”: for those on the compartment's list; everybody else finds nothing."""

from guanjian.api.desks import router_for
from guanjian.loops.discipline.views import DESK

router = router_for(DESK)
