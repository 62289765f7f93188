"""The addresses of what goes out as data."""

from django.urls import path

from initiatives.exchange import views

app_name = "exchange"
urlpatterns = [path("initiatives/export.json", views.export_json, name="export_json")]
