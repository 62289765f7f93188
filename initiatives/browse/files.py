"""Serves the files that people sent: to everybody what is public, before that to moderators and whoever sent it."""

from __future__ import annotations

import logging

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from initiatives import moderation
from initiatives.models import Upload

logger = logging.getLogger(__name__)

#: A file never changes. But its entry may be taken off the catalogue: a day later no cache has it any more.
PUBLIC = {"Cache-Control": "public, max-age=86400, immutable"}
PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
#: Whatever a browser takes it for, it runs nothing, loads nothing, and stands on no page of another site. It is called
#: as the link to it says, or as its address ends: what its sender called it, no moderator has approved.
HEADERS = {
    "Content-Disposition": "attachment",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def file(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """One file of an upload; to whoever may not see it, it is not there."""
    upload = get_object_or_404(Upload, key=key, is_ready=True)
    if name not in upload.types:
        raise Http404
    is_public = Upload.objects.public().filter(pk=upload.pk).exists()
    if not is_public and not _may_see(request, upload):
        raise Http404
    etag = quote_etag(f"{upload.key[:16]}-{name}")
    response = get_conditional_response(request, etag=etag) or _content(upload, name)
    for header, value in (HEADERS | (PUBLIC if is_public else PRIVATE) | {"ETag": etag}).items():
        response.headers[header] = value
    return response


def _may_see(request: HttpRequest, upload: Upload) -> bool:
    same = Upload.objects.filter(pk=upload.pk)
    if Upload.key_of(request.GET.get("ticket", "")) == upload.key and same.never_approved().exists():
        return True
    user = request.user
    return user.is_authenticated and user.has_perm(moderation.MODERATE) and same.in_remit_of(user).exists()


def _content(upload: Upload, name: str) -> HttpResponseBase:
    try:
        content = default_storage.open(upload.path(name))
    except FileNotFoundError as error:
        logger.exception("A file is missing from the storage.")
        raise Http404 from error
    except Exception:  # the store is away
        logger.exception("The storage of files does not answer.")
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    return FileResponse(content, content_type=upload.types[name])
