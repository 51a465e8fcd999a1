"""The addresses of this loop."""

from guanjian.loops.oversight.views import DESK
from guanjian.pages.urls import urls_for

app_name = "oversight"
urlpatterns = urls_for(DESK)
