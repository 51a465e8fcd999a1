"""The addresses of this loop."""

from guanjian.loops.answer.views import DESK
from guanjian.pages.urls import urls_for

app_name = "answer"
urlpatterns = urls_for(DESK)
