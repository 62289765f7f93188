"""Addresses for machines, which are the same in every language."""

from django.templatetags.static import static
from django.urls import path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from initiatives.browse import offline, robots, sitemaps

app_name = "machines"
urlpatterns = [
    # What names no icon of its own, a feed say, is asked for this one.
    path("favicon.ico", RedirectView.as_view(url=lazy(static, str)("img/favicon.ico")), name="favicon"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap/<slug:section>-<int:page>.xml", sitemaps.sitemap, name="sitemap"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
]
