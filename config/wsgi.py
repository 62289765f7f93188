"""The WSGI application that gunicorn serves."""

import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler
from django.http.response import HttpResponseBase

from config.middleware import is_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class Application(WSGIHandler):
    """Django's, which a Content-Type without meaning cannot break.

    Django reads that header before any of its error handlers is in place, and the visitor
    would see a bare error of the server.
    """

    def __call__(self, environ: dict[str, Any], start_response: Any) -> HttpResponseBase:
        """Answer a request."""
        if not is_utf8(environ.get("CONTENT_TYPE", "")):
            # The middleware refuses it with a page.
            environ["CONTENT_TYPE"] = "text/plain; charset=unreadable"
        return super().__call__(environ, start_response)


django.setup(set_prefix=False)
application = Application()
