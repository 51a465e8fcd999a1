"""The addresses of this loop."""

from guanjian.loops.clue.views import DESK
from guanjian.pages.urls import urls_for

app_name = "clue"
urlpatterns = urls_for(DESK)
