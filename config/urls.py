"""Where each room is mounted; the addresses themselves stand in the rooms."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

# Data is the same in every language, and so is what machines ask for.
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("initiatives.api.urls")),
    path("", include("initiatives.exchange.urls")),
    path("", include("initiatives.browse.machine_urls")),
]
urlpatterns += i18n_patterns(
    path("", include("initiatives.browse.urls")),
    path("", include("initiatives.submit.urls")),
    path("moderation/", include("initiatives.moderate.urls")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    prefix_default_language=False,
)
if settings.LOCAL:
    urlpatterns += i18n_patterns(
        path("styleguide/", include("initiatives.styleguide.urls")), prefix_default_language=False
    )
