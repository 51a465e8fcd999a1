"""The addresses of the pages on facts."""

from django.urls import path

from guanjian.web.facts import views

app_name = "facts"
urlpatterns = [
    path("declaration/<str:entry_id>/", views.declaration, name="declaration"),
    path("enterprise/<str:enterprise_id>/", views.enterprise, name="enterprise"),
    path("watch/<slug:kind>/<str:code>/", views.watch, name="watch"),
]
