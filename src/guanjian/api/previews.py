"""The noun “previews”."""

from guanjian.api.desks import router_for
from guanjian.loops.preview.views import DESK

router = router_for(DESK)
