"""Addresses of the style guide, mounted on a demo or a developer's machine only."""

from django.urls import path

from initiatives.styleguide import views

app_name = "styleguide"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:name>/", views.page, name="page"),
]
