"""What moderators fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Status, Step
from initiatives.forms import TellingForm, TextField, VersionField
from initiatives.models import SavedReply, Submission
from initiatives.moderate.words import DECISIONS, note_missing
from initiatives.moderation import TRANSITIONS
from initiatives.versions import PARTS, Change

NOTE_LENGTH = 4000
#: So many are decided at once.
MOST_TICKS = 50
_TICK = re.compile(r"([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,18})")


class ReplySelect(forms.Select):
    """The saved replies, each with its text for static/js/desk.js."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return an option that carries its text."""
        option = super().create_option(name, value, *args, **kwargs)
        if reply := getattr(value, "instance", None):
            option["attrs"]["data-text"] = reply.text
        return option


class NoteForm(TellingForm):
    """A note to a submitter, perhaps begun with a saved reply."""

    note = TextField(
        label=_("Note to the submitter"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Goes to the submitter as you write it. Needed to ask for changes and to reject."),
    )
    reply = forms.ModelChoiceField(
        SavedReply.objects.all(),
        label=_("Saved reply"),
        required=False,
        empty_label=_("Choose…"),
        widget=ReplySelect,
        error_messages={"invalid_choice": _("This reply was deleted meanwhile. Choose another one.")},
    )

    def with_reply(self) -> str:
        """Return the note with the chosen reply after it, as far as both can be read."""
        self.is_valid()
        reply = self.cleaned_data.get("reply")
        note = self.cleaned_data.get("note", self["note"].value())
        parts = [(note or "").strip(), reply.text if reply else ""]
        return "\n\n".join(part for part in parts if part)


class DecisionForm(NoteForm):
    """A decision on the version that was looked at where it then stood, and on what it was compared with."""

    decision = forms.ChoiceField(
        error_messages={
            "required": _("Choose a decision: press one of the buttons."),
            "invalid_choice": _("Choose a decision: press one of the buttons."),
        }
    )
    revision = VersionField()
    public = VersionField(required=False)
    message = VersionField(required=False, min_value=0)
    status = forms.ChoiceField(choices=Status.choices, required=False, widget=forms.HiddenInput)
    all_the_same = forms.BooleanField(required=False, widget=forms.HiddenInput)
    take = forms.MultipleChoiceField(
        label=_("What to publish"),
        required=False,
        choices=[(part, label) for part, (label, _fields) in PARTS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    with_note = forms.BooleanField(
        label=_("Publish this note"),
        required=False,
        initial=True,
        help_text=_("Public, in the history of the entry. It may speak of what you do not take."),
    )
    settled = forms.BooleanField(
        label=_("I have looked at what was changed twice: what is ticked replaces what is public, the rest stays."),
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        submission: Submission,
        changes: Sequence[Change] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.submission, self.changes = submission, changes
        of_kind = [step for step in DECISIONS if submission.kind in TRANSITIONS[step].kinds]
        self.fields["decision"].choices = [(step.value, step.label) for step in of_kind]  # type: ignore[attr-defined]
        if not any(each.in_conflict for each in changes):
            del self.fields["settled"]
        if not (changes and submission.revision.change_note):
            del self.fields["with_note"]

    def clean(self) -> dict[str, Any]:
        """Ask for a note where the submitter could do nothing without one, and for a choice where there is one."""
        data = self.cleaned_data
        step = data.get("decision")
        missing = note_missing(self.submission.kind, step) if step else ""
        if missing and not data.get("note") and "note" not in self.errors:
            self.add_error("note", missing)
        if step == Step.APPROVE and self.submission.base_id:
            if not data.get("take") and "take" not in self.errors:
                self.add_error("take", _("Tick what to publish. To publish nothing of it, reject it."))
            elif "settled" in self.fields and not data.get("settled"):
                self.add_error("settled", _("Some parts were changed twice. Choose, then tick here."))
        return data

    @cached_property
    def taken(self) -> list[str]:
        """The parts that are ticked: at first all that nobody else changed as well."""
        if self.is_bound or "take" in self.initial:
            return list(self["take"].value() or [])
        return [each.part for each in self.changes if not each.in_conflict]

    @property
    def parts_taken(self) -> list[str]:
        """The parts to publish: what is ticked of what the correction changes."""
        changed = {each.part for each in self.changes}
        return [part for part in self.cleaned_data["take"] if part in changed]

    def is_outdated(self, submission: Submission) -> bool:
        """Return whether `submission` stands elsewhere than when it was looked at, as far as the page says."""
        return self["status"].value() not in (submission.status, "", None) or (
            str(self["public"].value() or "") not in ("", str(submission.initiative.current_id))
        )


class RejectForm(NoteForm):
    """The one note with which several submissions are rejected."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.required = True
        note.label, note.help_text = _("Note to the submitters"), _("Each of them gets it as you write it.")
        note.error_messages["required"] = _("Say why they are not published.")


class TicksField(forms.Field):
    """What was ticked in the queue: "12-34-56" is submission 12 with version 34, and 56 its newest message (0: none).

    Gives what was seen, the version and the message, by submission.
    """

    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> dict[int, tuple[int, int]]:
        """Return the numbers of the version and the message that were shown, by the number of the submission.

        Raises:
            ValidationError: these are too many, or no such numbers.
        """
        if len(value or []) > MOST_TICKS:
            raise forms.ValidationError(_("At most %(most)s at once."), params={"most": MOST_TICKS})
        found = [_TICK.fullmatch(each) for each in value or []]
        if not all(found):
            raise forms.ValidationError(_("The list of what was ticked could not be read. Tick again."))
        return {int(each[1]): (int(each[2]), int(each[3])) for each in found if each}


class TickForm(forms.Form):
    """What was ticked in the queue."""

    submission = TicksField(error_messages={"required": _("Tick at least one submission first.")})


class MessageForm(TellingForm):
    """What a moderator writes to the submitter without deciding anything."""

    text = TextField(
        label=_("Message"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Goes to the submitter by mail and onto the tracking page. It decides nothing."),
        error_messages={"required": _("Write the message.")},
    )


class UndoForm(TellingForm):
    """Why a decision is undone, and which was the latest when the page was opened."""

    decision = VersionField(required=False)
    note = TextField(required=False, max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, step: Step, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        if step == Step.UNPUBLISH:
            note.required = True
            note.label = _("Reason")
            note.help_text = _("Public: it stands at the address of the entry from now on.")
            note.error_messages["required"] = _("Say why. Whoever follows a link to the entry reads it.")
        else:
            note.label = _("Note to the submitter")
            note.help_text = _("Goes to the submitter as you write it.")


class SkipForm(forms.Form):
    """Which submission is passed over, if any."""

    after = VersionField()
