"""The submission form filled with what is public, to say what should be different."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives import versions
from initiatives.content import Content, read
from initiatives.forms import TextField, VersionField
from initiatives.models import Initiative, Revision
from initiatives.submit.forms import SubmissionForm


class CorrectionForm(SubmissionForm):
    """What an entry should say instead, and why. A correction that changes nothing is none."""

    base_id = VersionField(required=False)
    change_note = TextField(
        label=gettext_lazy("What changed and why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Public, in the history of the entry. Say where the new facts come from."),
    )

    def __init__(
        self, data: QueryDict | None = None, *, base: Revision, content: Content | None = None, **kwargs: Any
    ) -> None:
        """Show `data` as typed, else `content`, to correct the approved version `base` (loaded `with_content`)."""
        given = {"base_id": base.pk, "change_note": content.change_note if content else ""}
        super().__init__(data, content=content, initial=given | kwargs.pop("initial", {}), **kwargs)
        self.fields["email"].help_text = _("Never shown. You hear how it goes on.")
        self.base, self.was = base, read(base)

    @classmethod
    def opened(cls, base: Revision, **initial: Any) -> CorrectionForm:
        """Return the form as it is opened: what the version says, and nothing yet on why that should change."""
        return cls(base=base, content=replace(read(base), change_note=""), initial=initial)

    @staticmethod
    def base_of(data: QueryDict, entry: Initiative) -> Revision | None:
        """Return the version that what was sent is a correction of, if it is an approved one of `entry`."""
        try:
            pk = VersionField().clean(data.get("base_id"))
        except forms.ValidationError:
            return None
        return entry.revisions.approved().with_content().filter(pk=pk).first()

    def is_valid(self) -> bool:
        """Check the form, and that it says something else than the version it corrects."""
        valid = super().is_valid()
        if valid and not versions.changed_parts(self.was, self.content()):
            self.add_error(None, _("Nothing is different yet. Change what should be, then send it."))
            return False
        return valid

    def content(self) -> Content:
        """Return what the (valid) form says."""
        kept = self.was.translations
        return replace(super().content(), change_note=self.cleaned_data["change_note"], translations=kept)
