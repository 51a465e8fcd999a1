"""The addresses of 廉政线索核实; `mine/` is open to everybody, because everybody may be asked."""

from django.urls import path

from guanjian.loops.lead.views import DESK, answer, questions
from guanjian.pages.urls import urls_for

app_name = "lead"
urlpatterns = [
    path("mine/", questions, name="questions"),
    path("mine/<int:pk>/", answer, name="answer"),
    *urls_for(DESK),
]
