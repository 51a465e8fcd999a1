"""The addresses of this loop."""

from guanjian.loops.roster.views import DESK
from guanjian.pages.urls import urls_for

app_name = "roster"
urlpatterns = urls_for(DESK)
