"""The noun “appraisals”."""

from guanjian.api.desks import router_for
from guanjian.loops.appraisal.views import DESK

router = router_for(DESK)
