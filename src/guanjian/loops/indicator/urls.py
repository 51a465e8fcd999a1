"""The addresses of this loop."""

from guanjian.loops.indicator.views import DESK
from guanjian.pages.urls import urls_for

app_name = "indicator"
urlpatterns = urls_for(DESK)
