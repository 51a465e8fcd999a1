"""The addresses of this loop."""

from guanjian.loops.register.views import DESK
from guanjian.pages.urls import urls_for

app_name = "register"
urlpatterns = urls_for(DESK)
