"""The noun “inquiries”: for those on the compartment's list; everybody else finds nothing."""

from guanjian.api.desks import router_for
from guanjian.loops.inquiry.views import DESK

router = router_for(DESK)
