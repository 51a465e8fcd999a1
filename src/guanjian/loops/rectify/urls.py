"""The addresses of this loop."""

from guanjian.loops.rectify.views import DESK
from guanjian.pages.urls import urls_for

app_name = "rectify"
urlpatterns = urls_for(DESK)
