"""The addresses of this loop."""

from guanjian.loops.intelligence.views import DESK
from guanjian.pages.urls import urls_for

app_name = "intelligence"
urlpatterns = urls_for(DESK)
