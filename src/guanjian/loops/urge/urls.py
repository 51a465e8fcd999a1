"""The addresses of this loop."""

from guanjian.loops.urge.views import DESK
from guanjian.pages.urls import urls_for

app_name = "urge"
urlpatterns = urls_for(DESK)
