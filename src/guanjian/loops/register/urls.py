"""The addresses of this loop."""

from django.urls import path

from guanjian.loops.register.board import board
from guanjian.loops.register.views import DESK
from guanjian.pages.urls import urls_for

app_name = "register"
urlpatterns = [path("board/", board, name="board"), *urls_for(DESK)]
