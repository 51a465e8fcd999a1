"""The addresses of this loop."""

from guanjian.loops.duty.views import DESK
from guanjian.pages.urls import urls_for

app_name = "duty"
urlpatterns = urls_for(DESK)
