"""A file that somebody sent, and where a version of an entry has it."""

from __future__ import annotations

import secrets

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.choices import FileKind
from initiatives.querysets import UploadQuerySet

#: How a picture is kept: the ending of the file's name and its type, the one for old browsers last.
PICTURE_TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}
DOCUMENT_TYPES = {"document.pdf": "application/pdf"}
_signer = Signer(salt="initiatives.upload")


def new_upload_key() -> str:
    """Return a fresh unguessable name."""
    return secrets.token_hex(20)


class Upload(models.Model):
    """A picture or document that was sent with a form and passed the checks.

    It stands in the storage under its key alone, and is private until a moderator has approved a version that has
    it (`UploadQuerySet.public`). It is never changed: another file is another upload.
    """

    key = models.CharField(max_length=40, unique=True, default=new_upload_key, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=FileKind)
    # Never public: no moderator approves it.
    name = models.CharField(_("name"), max_length=120, help_text=_("As its sender called it."))
    size = models.PositiveIntegerField(_("bytes"))
    digest = models.CharField(max_length=64, editable=False, help_text=_("SHA-256 of what was sent."))
    width = models.PositiveIntegerField(_("width"), null=True)
    height = models.PositiveIntegerField(_("height"), null=True)
    widths = models.JSONField(_("widths it is kept in"), default=list)
    is_ready = models.BooleanField(
        _("ready"), default=False, help_text=_("Not while its files are being written or deleted.")
    )
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    used_at = models.DateTimeField(_("last in a form"), auto_now_add=True, db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=FileKind.PICTURE, width__isnull=False, height__isnull=False)
                | Q(kind=FileKind.DOCUMENT, width=None, height=None),
                name="a_picture_has_a_size",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def types(self) -> dict[str, str]:
        """The names of the files that it is kept as, with the type of each."""
        if self.kind == FileKind.DOCUMENT:
            return DOCUMENT_TYPES
        return {f"{width}.{end}": type_ for width in self.widths for end, type_ in PICTURE_TYPES.items()}

    def path(self, name: str) -> str:
        """Return where the storage has one of its files."""
        return f"{self.key[:2]}/{self.key}-{name}"

    def url(self, name: str, *, with_ticket: bool = False) -> str:
        """Return the address of one of its files; with a ticket it opens for everybody until a moderator decides."""
        query = {"ticket": self.ticket} if with_ticket else None
        return reverse("browse:file", args=[self.key, name], query=query)

    @property
    def thumbnail_url(self) -> str:
        """The address of the smallest rendition of a picture, for whoever may see it."""
        return self.url(f"{self.widths[0]}.jpg", with_ticket=True)

    @property
    def ticket(self) -> str:
        """What shows that somebody sent this file or holds a link to it: its key, signed."""
        return _signer.sign(self.key)

    @staticmethod
    def key_of(ticket: str) -> str:
        """Return the key that a ticket is for, or nothing if it was not made here."""
        try:
            return _signer.unsign(ticket)
        except BadSignature:
            return ""


class Attachment(models.Model):
    """That a version of an entry has a document."""

    revision = models.ForeignKey("Revision", on_delete=models.CASCADE, related_name="attachments")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="attachments")
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="a_document_has_a_title")]

    def __str__(self) -> str:
        return self.title
