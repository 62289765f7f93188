"""What stands before everything else."""

import codecs
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters
from django.utils.translation import get_language_from_path, override
from django.views.defaults import bad_request


class RefuseUnreadableRequests:
    """Answers 400 to a request that is not text in UTF-8, before anything tries to read it.

    A NUL byte reaches PostgreSQL as an error of its own, undecodable bytes would silently
    become replacement characters, and a declared charset other than UTF-8 makes Django fail
    where it reads the query, or outside its error handlers where it reads the CSRF token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 400, or pass the request on."""
        if _is_unreadable(request):
            # A GET without its query is what the error page may safely ask about the request.
            request.META["QUERY_STRING"] = ""
            request.method = "GET"
            # Nothing has read the language from the address yet, and this thread may still speak that of another.
            with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
                return bad_request(request, ValueError("unreadable request"))
        return self.get_response(request)


def is_utf8(content_type: str) -> bool:
    """Tell whether a Content-Type can be read and declares UTF-8 or nothing else."""
    try:
        _, parameters = parse_header_parameters(content_type)
        return codecs.lookup(parameters.get("charset", "utf-8")).name in ("utf-8", "ascii")
    except (LookupError, ValueError):
        return False


def _is_unreadable(request: HttpRequest) -> bool:
    try:
        query = unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1")).decode()
    except UnicodeError:
        return True
    if any("\0" in text for text in (request.path_info, query, *request.COOKIES.values())):
        return True
    return not is_utf8(request.META.get("CONTENT_TYPE", ""))
