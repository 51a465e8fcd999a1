"""The addresses of this loop."""

from guanjian.loops.case.views import DESK
from guanjian.pages.urls import urls_for

app_name = "case"
urlpatterns = urls_for(DESK)
