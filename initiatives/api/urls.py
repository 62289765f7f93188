"""The addresses of the read API."""

from django.urls import path

from initiatives.api import views

app_name = "api"
urlpatterns = [path("initiatives/facets/", views.facets, name="facets")]
