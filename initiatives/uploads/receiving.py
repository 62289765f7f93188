"""How files come in: to the views that take them, under the names they expect, so many, and no larger than is kept.

Django would otherwise write each one that is sent to any address, of any size, to the disk before a view is asked.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParser
from django.utils.translation import ngettext

from initiatives.limits import Limit
from initiatives.models import FileKind, Upload
from initiatives.uploads.keeping import LIMITS, keep

#: Files from one member, or from one client address.
SENDING = Limit("files", most=60, seconds=3600)
#: What is larger is thrown away while it comes in.
LARGEST = max(LIMITS.values())
#: A request that is longer is not read at all; one that is shorter is, so that the form can say what is too large.
LONGEST_REQUEST = 100 * 1024 * 1024
_IN_MEMORY = 512 * 1024

View = TypeVar("View", bound=Callable[..., HttpResponse])


def takes_files(names: re.Pattern[str]) -> Callable[[View], View]:
    """Let a view have files in form fields whose whole name matches."""

    def mark(view: View) -> View:
        view.takes_files = names  # type: ignore[attr-defined]
        return view

    return mark


class SentFile(UploadedFile):
    """A file of a form.

    Attributes:
        sent_name: what it was called, whatever that is.
        refusal: why it is not kept, or nothing.
        upload: what it is kept as, once it is.
    """

    def __init__(self, content: Any, *, sent_name: str, size: int, refusal: str = "") -> None:
        super().__init__(content, name="file", size=size)
        self.sent_name = sent_name
        self.refusal = refusal
        self.upload: Upload | None = None

    def keep(self, kind: FileKind) -> Upload:
        """Check and keep it; a second call finds that done.

        Raises:
            ValidationError: says why it is not kept.
        """
        if not (self.upload or self.refusal):
            try:
                self.upload = keep(self, kind, name=self.sent_name, size=self.size or 0)
            except ValidationError as error:
                self.refusal = error.messages[0]
        if not self.upload:
            raise ValidationError(self.refusal)
        return self.upload


class FilesMiddleware:
    """Lets the views that take files have them; all others refuse one before any of it is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *args: Any) -> None:
        """Choose how the files of the request are read; it comes before the CSRF check, which reads the form."""
        if names := getattr(view, "takes_files", None):
            request.upload_handlers = [TakeFiles(request, names)]
            request.multipart_parser_class = NamesAsSent  # type: ignore[assignment]  # the stubs want an object


class NamesAsSent(MultiPartParser):
    """Leaves the names of files as they were sent, so that a strange one can be refused in words."""

    def sanitize_file_name(self, file_name: str) -> str:
        """Return the name."""
        return file_name


class RefuseFiles(FileUploadHandler):
    """Refuses the request at its first file."""

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TooManyFilesSent("This address takes no files.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take nothing."""

    def file_complete(self, file_size: int) -> None:
        """Make nothing of it."""


class TakeFiles(FileUploadHandler):
    """Keeps what can be used of the files of a request until it is answered."""

    def __init__(self, request: HttpRequest, names: re.Pattern[str]) -> None:
        super().__init__(request)
        self.asked = request
        self.names = names
        self.content: Any = None
        self.refusal = ""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:  # noqa: N803 - Django's name
        """Refuse a request that is longer than any form."""
        if content_length > LONGEST_REQUEST:
            raise RequestDataTooBig("The files are longer than LONGEST_REQUEST.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, or refuse the request that has one where no form has it."""
        super().new_file(*args, **kwargs)
        if not self.names.fullmatch(self.field_name):
            raise TooManyFilesSent("This form has no such file.")
        self.refusal = "" if SENDING.take(self._sender()) else _too_many()
        self.content = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, unless the file is refused anyway."""
        if self.refusal:
            return
        if start + len(raw_data) > LARGEST:
            self.content.truncate(0)
        else:
            self.content.write(raw_data)

    def file_complete(self, file_size: int) -> SentFile:
        """Return the file, with the size that it had when it was sent."""
        self.content.seek(0)
        return SentFile(self.content, sent_name=self.file_name or "", size=file_size, refusal=self.refusal)

    def upload_interrupted(self) -> None:
        """Let go of what has come in."""
        if self.content:
            self.content.close()

    def _sender(self) -> str:
        user = self.asked.user
        return f"member {user.pk}" if user.is_authenticated else get_ip(self.asked)


def _too_many() -> str:
    minutes = SENDING.minutes_left
    return ngettext(
        "Too many files came from you or your network within an hour. Try again in %(minutes)s minute.",
        "Too many files came from you or your network within an hour. Try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}
