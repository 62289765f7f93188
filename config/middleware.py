"""What stands before everything else."""

import codecs
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class RefuseUnreadableRequests:
    """Answers 400 to a request that is not text in UTF-8, before anything tries to read it.

    A NUL byte reaches PostgreSQL as an error of its own, undecodable bytes would silently
    become replacement characters, and a form that declares a charset other than UTF-8 makes
    Django fail outside its error handlers while it reads the CSRF token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 400, or pass the request on."""
        if _is_unreadable(request):
            # A GET without its query is what the error page may safely ask about the request.
            request.META["QUERY_STRING"] = ""
            request.method = "GET"
            return bad_request(request, ValueError("unreadable request"))
        return self.get_response(request)


def _is_unreadable(request: HttpRequest) -> bool:
    path = request.META.get("PATH_INFO", "").encode("latin-1", "replace")
    query = unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))
    for raw in (path, query):
        try:
            if "\0" in raw.decode():
                return True
        except UnicodeDecodeError:
            return True
    return request.content_type in _FORMS and not _is_utf8((request.content_params or {}).get("charset", "utf-8"))


def _is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name in ("utf-8", "ascii")
    except (LookupError, ValueError):
        return False
