"""Pages that are the same for everybody who is not signed in, so that caches may hand them on.

Such a page carries a tag made of everything that it depends on: its address, the version of the catalogue, the
release of the code, and the year. Whoever asks again with that tag is told in one query that nothing has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache, wraps
from importlib.metadata import version as installed
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import http_date, parse_etags

from initiatives.bounded import Bounded
from initiatives.search.changes import one_version, version

type View = Callable[..., HttpResponseBase]

#: A cache may hand a page on for five seconds, and for five more while it fetches a new one; a browser always asks.
CACHE_CONTROL = "public, max-age=0, s-maxage=5, stale-while-revalidate=5"
#: Whoever has one of these is somebody, or has just been told something.
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
#: What asks for a page.
_READING = ("GET", "HEAD")
#: What decides how a page looks, beside the catalogue.
_CODE = ["accounts", "config", "initiatives", "locale", "static", "templates", "requirements/base.txt"]
_SETTINGS = ["SITE_NAME", "SITE_URL", "CONTACT_EMAIL", "LANGUAGES", "TIME_ZONE", "STATIC_URL", "LOCAL"]


class Shelf:
    """The pages that this process drew last, by their addresses, as long as their tags are those of now."""

    def __init__(self) -> None:
        self._pages = Bounded[str, HttpResponse](lambda page: len(page.content))

    def take(self, request: HttpRequest) -> HttpResponse | None:
        """Return a copy of the page that is asked for, if it is kept and nothing has changed since."""
        page = self._pages.get(_address(request))
        return _copy(page) if page is not None and page.headers["ETag"] == _tag(request) else None

    def put(self, request: HttpRequest, page: HttpResponse) -> None:
        """Keep a page, and let the ones go that nobody has asked for the longest."""
        most = settings.PAGES_KEPT * 2**20
        if len(page.content) <= most // 10:
            self._pages.put(_address(request), _copy(page), most=most)


def _copy(page: HttpResponse) -> HttpResponse:
    return HttpResponse(page.content, headers=page.headers)


def _address(request: HttpRequest) -> str:
    """Return what a page is asked for by. Raises DisallowedHost, as what answers further on would have."""
    return request.get_host() + request.get_full_path()


_shelf = Shelf()


@lru_cache(maxsize=1)
def release() -> str:
    """Return a digest of the code and the settings that decide how pages look."""
    digest = hashlib.sha256(repr([getattr(settings, name) for name in _SETTINGS]).encode())
    digest.update(installed("Django").encode())
    digest.update(repr([engine["BACKEND"] for engine in settings.TEMPLATES]).encode())
    for part in _CODE:
        root = Path(settings.BASE_DIR) / part
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(settings.BASE_DIR)}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def public(view: View) -> View:
    """Let caches hand on the pages of `view`, which shows published entries and nothing else.

    Nothing above it is asked for a page that is on the shelf.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method not in _READING or is_personal(request):
            return view(request, *args, **kwargs)
        # Before anything is read: a page may be newer than its tag says, but never older.
        tag = _tag(request)
        # Nobody is signed in, so the session need not be asked; asked, it would make the page vary by its cookie.
        request.user = AnonymousUser()
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not _has_become_personal(request, response):
            response.headers["ETag"] = tag
            response.headers["Cache-Control"] = CACHE_CONTROL
            if since := version().since:
                response.headers.setdefault("Last-Modified", http_date(since.timestamp()))
        return response

    return wrapped


class PublicPages:
    """Answers where a page is known or was just drawn, and keeps everything personal out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 304 if the page is known, from the shelf if it is there, or pass the request on."""
        with one_version():
            if is_personal(request):
                response = self.get_response(request)
                if not response.has_header("Cache-Control"):
                    add_never_cache_headers(response)
                return response
            if request.method in _READING and (page := _known(request) or _shelf.take(request)):
                return page
            response = self.get_response(request)
        if response.get("Cache-Control") == CACHE_CONTROL:
            _vary_by_no_language(response)
            if isinstance(response, HttpResponse):
                _shelf.put(request, response)
        return response


def is_personal(request: HttpRequest) -> bool:
    """Tell whether somebody may be signed in, or has something to be told."""
    return any(name in request.COOKIES for name in PERSONAL_COOKIES)


def _has_become_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Tell whether what was drawn belongs to this visitor alone: it has a form with their token, or set a cookie."""
    return request.session.accessed or "CSRF_COOKIE_NEEDS_UPDATE" in request.META or bool(response.cookies)


def _vary_by_no_language(response: HttpResponse) -> None:
    """Take back what LocaleMiddleware says of every page: here the language is in the address alone."""
    vary = [name for name in response.get("Vary", "").split(", ") if name not in ("", "Accept-Language")]
    if vary:
        response.headers["Vary"] = ", ".join(vary)
    else:
        del response.headers["Vary"]


def _known(request: HttpRequest) -> HttpResponse | None:
    """Return the answer to a visitor who has this very page already."""
    # Proxies make weak tags of strong ones and may drop the sign: they are compared without it (RFC 9110, 13.1.2).
    given = {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}
    if not given or given == {"*"}:
        return None
    tag = _tag(request)
    if tag.removeprefix("W/") not in given:
        return None
    # Without Last-Modified, which would take another query: the tag says more (RFC 9110, 15.4.5).
    return HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": CACHE_CONTROL})


def _tag(request: HttpRequest) -> str:
    """Return what stands for the page in all that it depends on."""
    now = version()
    parts = (request.get_full_path(), now.number, now.token, timezone.localdate().year, release())
    # A weak tag: a proxy that compresses the page need not take it away.
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'
