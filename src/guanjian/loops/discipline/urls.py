"""The addresses of this loop; `hotline/` and `mailbox/` are open to everybody, without a sign-in."""

from django.urls import path

from guanjian.loops.discipline.hotline import letters, report
from guanjian.loops.discipline.views import DESK
from guanjian.pages.urls import urls_for

app_name = "discipline"
urlpatterns = [
    path("hotline/", report, name="hotline"),
    path("mailbox/", letters, name="mailbox"),
    *urls_for(DESK),
]
