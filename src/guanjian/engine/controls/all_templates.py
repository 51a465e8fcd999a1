"""Every template, imported once so that each has declared itself."""

from guanjian.engine.controls import clocks, flow, flow_not, hands, marks, places
from guanjian.engine.controls.template import TEMPLATES

__all__ = ["TEMPLATES", "clocks", "flow", "flow_not", "hands", "marks", "places"]
