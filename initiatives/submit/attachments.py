"""The picture and the documents of the submission form.

A file that passes the checks is kept at once, and the page carries its ticket from then on: it goes through every
error, the preview and "Add another" without being sent again. Under the name of its field the form has the ticket;
the browser sends a new file under that name and NEW, and a tick that takes it out under that name and REMOVE.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives import uploads
from initiatives.choices import FileKind
from initiatives.content import MOST
from initiatives.forms import TextField
from initiatives.models import Upload
from initiatives.submit.rows import Row, Rows, rows
from initiatives.text import key
from initiatives.uploads.receiving import SentFile

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NEW, REMOVE = "-new", "-remove"
#: The fields that have a file, and what a browser sends of each.
FILES = re.compile(rf"(picture|documents-\d{{1,4}}-upload)({NEW}|{REMOVE})?", re.ASCII)
NEW_FILES = re.compile(rf"(picture|documents-\d{{1,4}}-upload){NEW}", re.ASCII)
#: What browsers offer to choose from.
ACCEPT = {FileKind.PICTURE: "image/jpeg,image/png,image/webp", FileKind.DOCUMENT: "application/pdf"}


@dataclass(frozen=True)
class Sent:
    """What a form says of one file.

    Attributes:
        upload: the one that is kept.
        refusal: what is wrong with one that was sent to take its place.
    """

    upload: Upload | None = None
    refusal: ValidationError | None = None


def receive(data: QueryDict, files: MultiValueDict | None) -> tuple[QueryDict, MultiValueDict]:
    """Keep the new files of a form; return what was typed, with their tickets, and what became of each file.

    Both are the same however often the form with the tickets is sent.
    """
    typed, files = data.copy(), files or MultiValueDict()
    names = sorted({found[1] for name in [*data, *files] if (found := FILES.fullmatch(name))})
    kept = uploads.redeem(data.get(name, "") for name in names)
    sent = {name: _sent(name, data, files, kept) for name in names}
    for name in names:
        upload = sent[name].upload
        typed[name] = upload.ticket if upload else ""
        if data.get(name + REMOVE) and not upload:
            # What was said of it goes with it.
            for word in _said_of(name):
                typed[word] = ""
        for mark in (NEW, REMOVE):
            typed.pop(name + mark, None)
    return typed, MultiValueDict({name: [each] for name, each in sent.items()})


def _said_of(name: str) -> list[str]:
    """Return the fields that say something of the file in the field `name`."""
    return ["picture_alt", "picture_credit"] if name == "picture" else [name.removesuffix("upload") + "title"]


def _sent(name: str, data: QueryDict, files: MultiValueDict, kept: dict[str, Upload]) -> Sent:
    kind = FileKind.PICTURE if name == "picture" else FileKind.DOCUMENT
    ticket = data.get(name, "")
    before = kept.get(ticket)
    if before and before.kind != kind:
        before = None
    new: SentFile | None = files.get(name + NEW)
    if new is None:
        if data.get(name + REMOVE):
            return Sent()
        gone = ValidationError(_("This file is no longer here. Choose it again.")) if ticket and not before else None
        return Sent(before, gone)
    try:
        return Sent(new.keep(kind))
    except ValidationError as refusal:
        return Sent(before, refusal)


def digests(files: MultiValueDict) -> dict[str, str]:
    """Return what is in each file that `receive` kept, by the name of its field."""
    sent = cast("Mapping[str, Sent]", files)
    return {name: each.upload.digest for name, each in sent.items() if each.upload}


class FileInput(forms.Widget):
    """An input for a file beside the one that is kept, which can be taken out; the hidden ticket stands for it."""

    template_name = "submit/widgets/file.html"

    def __init__(self, kind: FileKind) -> None:
        super().__init__()
        self.kind = kind

    def use_required_attribute(self, initial: Any) -> bool:
        """Return False: the file that is kept is not in the input."""
        return False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:
        """Return what `receive` made of the file."""
        return files.get(name) or Sent()

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Return whether the form has no such file."""
        return name not in files

    def get_context(self, name: str, value: Upload | None, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Tell the template which file is kept."""
        context = super().get_context(name, None, attrs)
        limit = uploads.LIMITS[self.kind]
        # What an approved file was called is for nobody who corrects its entry to read.
        is_unseen = value and Upload.objects.never_approved().filter(pk=value.pk).exists()
        context["widget"] |= {
            "upload": value,
            "called": value.name if value and is_unseen else "",
            "accept": ACCEPT[self.kind],
            "new": name + NEW,
            "remove": name + REMOVE,
            "limit": limit,
            "too_large": _("This file has more than %(limit)s. Choose a smaller one.")
            % {"limit": filesizeformat(limit)},
        }
        return context


class FileField(forms.Field):
    """A file that is kept."""

    def __init__(self, kind: FileKind, **kwargs: Any) -> None:
        super().__init__(widget=FileInput(kind), **kwargs)

    def prepare_value(self, value: Sent | Upload | None) -> Upload | None:
        """Return the file to show."""
        return value.upload if isinstance(value, Sent) else value

    def has_changed(self, initial: Any, data: Sent | None) -> bool:
        """Return whether there is a file, or was one."""
        return bool(data and (data.upload or data.refusal))

    def clean(self, value: Sent) -> Upload | None:
        """Return the upload. Raises ValidationError with what is wrong with the file."""
        if value.refusal:
            raise value.refusal
        if self.required and not value.upload:
            raise ValidationError(self.error_messages["required"], code="required")
        return value.upload


class PictureFields(forms.Form):
    """The picture, and what goes with it."""

    picture = FileField(
        FileKind.PICTURE,
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy("One, as JPEG, PNG or WebP, at most 2 MB. Landscape looks best."),
    )
    picture_alt = TextField(
        label=gettext_lazy("What the picture shows"),
        required=False,
        max_length=250,
        help_text=gettext_lazy(
            "Needed with a picture, for people who cannot see it. One sentence, as you would describe it on the "
            "phone: “Three women sort vegetables at a market stall.”"
        ),
        error_messages={"required": gettext_lazy("Say in one sentence what the picture shows.")},
    )
    picture_credit = TextField(
        label=gettext_lazy("Credit"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Who made it, if that should be said: “Photo: City of Kampala, 2023”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture_alt"].required = self["picture"].value() is not None

    def clean_picture_alt(self) -> str:
        """Return what the picture shows, if it says something."""
        alt, field = self.cleaned_data["picture_alt"], self.fields["picture_alt"]
        if field.required and not key(alt):
            raise ValidationError(field.error_messages["required"])
        return alt

    def picture_content(self) -> dict[str, Any]:
        """Return what the (valid) form says of the picture; without one nothing."""
        names = ("picture", "picture_alt", "picture_credit") if self.cleaned_data["picture"] else ()
        return {name: self.cleaned_data[name] for name in names}


class DocumentRow(Row):
    """A document and its title."""

    called: StrOrPromise = gettext_lazy("Document")

    upload = FileField(
        FileKind.DOCUMENT,
        label=gettext_lazy("PDF, at most 10 MB"),
        error_messages={"required": gettext_lazy("Choose the document, or empty its title.")},
    )
    title = TextField(
        label=gettext_lazy("Name of the document"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give the document a title.")},
    )

    def clean_title(self) -> str:
        """Return the title, if it says something."""
        if not key(self.cleaned_data["title"]):
            raise ValidationError(self.fields["title"].error_messages["required"])
        return self.cleaned_data["title"]

    def subject(self) -> Hashable:
        """Return what is in the document."""
        return self.cleaned_data["upload"].digest


class DocumentRows(Rows):
    """The documents."""

    default_error_messages = {
        "too_many_forms": gettext_lazy("At most %(num)d documents are taken. Remove the others, or link to them.")
    }


DOCUMENTS = rows(DocumentRow, formset=DocumentRows, most=MOST["documents"])
