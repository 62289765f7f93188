"""Addresses for machines, which are the same in every language."""

from django.urls import path

from initiatives.browse import offline, robots, sitemaps

app_name = "machines"
urlpatterns = [
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap/<slug:section>-<int:page>.xml", sitemaps.sitemap, name="sitemap"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
]
