"""What a visitor sees whose connection is gone: a page that the browser keeps from an earlier visit."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives.caching import public, release
from initiatives.templatetags.languages import address_in

#: What the page needs to look like one of ours.
STYLES = ["css/base.css", "css/layout.css", "css/components.css"]


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Say that there is no connection, and what to do."""
    return render(request, "browse/offline.html", {"styles": STYLES})


@public
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps that page: static/js/service-worker.js with what it has to know of this release.

    It has an address of its own because it answers for nothing above the folder it lies in.
    """
    page = address_in(settings.LANGUAGE_CODE, reverse("browse:offline"))
    known = {
        "RELEASE": release()[:16],
        "STYLES": [static(path) for path in STYLES],
        "PAGES": {code: address_in(code, page) for code, _name in settings.LANGUAGES},
        "FIRST": settings.LANGUAGE_CODE,
    }
    script = (Path(settings.BASE_DIR) / "static" / "js" / "service-worker.js").read_text()
    said = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items())
    return HttpResponse(said + script, content_type="text/javascript; charset=utf-8")
