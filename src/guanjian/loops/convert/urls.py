"""The addresses of this loop."""

from guanjian.loops.convert.views import DESK
from guanjian.pages.urls import urls_for

app_name = "convert"
urlpatterns = urls_for(DESK)
