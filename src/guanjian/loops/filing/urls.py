"""The addresses of this loop."""

from guanjian.loops.filing.views import DESK
from guanjian.pages.urls import urls_for

app_name = "filing"
urlpatterns = urls_for(DESK)
