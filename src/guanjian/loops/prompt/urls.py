"""The addresses of this loop."""

from guanjian.loops.prompt.views import DESK
from guanjian.pages.urls import urls_for

app_name = "prompt"
urlpatterns = urls_for(DESK)
