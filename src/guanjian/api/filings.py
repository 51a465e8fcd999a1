"""The noun “filings”."""

from guanjian.api.desks import router_for
from guanjian.loops.filing.views import DESK

router = router_for(DESK)
