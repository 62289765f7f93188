"""The moderator's decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Status, Step
from initiatives.forms import FormError, TextField, VersionField, errors_of
from initiatives.models import Submission

DECISIONS = [Step.APPROVE, Step.REQUEST_CHANGES, Step.REJECT]


class DecisionForm(forms.Form):
    """One of three decisions, with a note to the submitter, on the version that was looked at where it then stood."""

    decision = forms.ChoiceField(
        choices=[(step.value, step.label) for step in DECISIONS],
        error_messages={"required": _("Choose a decision: approve, ask for changes, or reject.")},
    )
    revision = VersionField()
    status = forms.ChoiceField(choices=Status.choices, required=False, widget=forms.HiddenInput)
    note = TextField(
        label=_("Note to the submitter"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Goes to the submitter as you write it. Needed to ask for changes and to reject."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a note where the submitter could do nothing without one."""
        data = self.cleaned_data
        if data.get("decision") == Step.REQUEST_CHANGES and not data.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say what should be changed."))
        if data.get("decision") == Step.REJECT and not data.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say why it is not published."))
        return data

    def is_outdated(self, submission: Submission) -> bool:
        """Return whether `submission` stands elsewhere than when it was looked at, as far as the page says."""
        return self["status"].value() not in (submission.status, "", None)

    @property
    def error_items(self) -> list[FormError]:
        """Every mistake, for the summary at the top of the page."""
        return [error for field in self for error in errors_of(field)] if self.is_bound else []
