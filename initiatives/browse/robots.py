"""What programs that follow every link are asked to leave alone."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives.caching import public
from initiatives.templatetags.languages import address_in

#: Pages of single people, and those that act.
PRIVATE = ["/accounts/", "/admin/", "/moderation/", "/submissions/"]
#: Lists that each visitor makes for themselves; all that they name has a page of its own.
PERSONAL = ["/compare/", "/shortlist/"]
#: What is asked of an entry through a form, or of its versions.
OF_ENTRIES = ["/*/correct/", "/*/translate/", "/*/claim/", "/*/report/", "/*/history/compare/"]
#: Filters make more lists than anybody could read. Their pages lead on, so these are open.
FILTERED, PAGES = "/*?", ["/*?page="]


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what is closed, in every language, and where the map of the site is (RFC 9309)."""
    closed = [address_in(code, path) for path in [*PRIVATE, *PERSONAL] for code, _name in settings.LANGUAGES]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in [*closed, *OF_ENTRIES, FILTERED]),
        *(f"Allow: {path}" for path in PAGES),
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('machines:sitemaps')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
