"""The addresses of this loop."""

from guanjian.loops.preview.views import DESK
from guanjian.pages.urls import urls_for

app_name = "preview"
urlpatterns = urls_for(DESK)
