"""What is chosen to make one entry of two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives import versions
from initiatives.content import MOST, Content, read
from initiatives.forms import TellingForm, TextField, VersionField
from initiatives.models import Initiative, Revision
from initiatives.moderate.union import Side, choices, merged, together, too_many
from initiatives.pieces import Mark, Piece


class EntryField(forms.ModelChoiceField):
    """A published entry, by the end of its address."""

    def __init__(self) -> None:
        super().__init__(
            Initiative.objects.published().with_content().select_related("owner"),
            to_field_name="slug",
            required=False,
            error_messages={"invalid_choice": gettext_lazy("This entry is not in the catalogue any more.")},
        )


class PairForm(TellingForm):
    """Which two entries become one, and what is looked for to choose them."""

    loser = EntryField()
    into = EntryField()
    q = TextField(label=gettext_lazy("Words of its title"), required=False, max_length=200)

    def clean_into(self) -> Initiative | None:
        """Return the entry that stays, if it is another one."""
        into: Initiative | None = self.cleaned_data["into"]
        if into and into == self.cleaned_data.get("loser"):
            raise forms.ValidationError(_("An entry cannot be merged into itself. Choose another one."))
        return into


@dataclass(frozen=True)
class Option:
    """One side of a part: its radio button, and what it says."""

    radio: Any
    is_both: bool
    pieces: list[Piece]
    of: Revision


@dataclass(frozen=True)
class Row:
    """A part in which the two differ.

    Attributes:
        too_many: how many values both have together, if these are more than `most`.
    """

    field: forms.BoundField
    is_list: bool
    options: list[Option]
    too_many: int
    most: int


class MergeForm(TellingForm):
    """From where each part is taken in which two entries differ, and which versions of them were looked at."""

    into_version = VersionField()
    loser_version = VersionField()
    note = TextField(
        label=gettext_lazy("Why they are one"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Public in the history, and in the mail to whoever submitted the entry that goes."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, into: Initiative, loser: Initiative, **kwargs: Any
    ) -> None:
        """Show the choice between two entries; their public versions are loaded `with_content`."""
        seen = {"into_version": into.current_id, "loser_version": loser.current_id}
        super().__init__(data, initial=kwargs.pop("initial", {}) | seen, **kwargs)
        self.into, self.loser = into, loser
        self.contents = read(into.public), read(loser.public)
        self.sides = choices(*self.contents)
        labels = {
            Side.INTO: _("From the entry that stays"),
            Side.LOSER: _("From the entry that goes"),
            Side.BOTH: _("Both together"),
        }
        for part, sides in self.sides.items():
            self.fields[part] = forms.ChoiceField(
                label=versions.part_labels([part])[0],
                choices=[(side.value, labels[side]) for side in Side if side in sides],
                widget=forms.RadioSelect,
                initial=sides[0].value,
                error_messages={"required": _("Choose where this is taken from.")},
            )

    def content(self) -> Content:
        """Return what the one entry says."""
        chosen = {part: Side(self.cleaned_data[part]) for part in self.sides if part in self.cleaned_data}
        return merged(*self.contents, chosen)

    def kept(self) -> dict[str, Any]:
        """Return what was chosen and typed, for the page that comes back."""
        return {name: self[name].value() for name in ("note", *self.sides) if self[name].value() is not None}

    @property
    def is_outdated(self) -> bool:
        """Whether one of the entries was changed since the page was made."""
        seen = {name: str(self[f"{name}_version"].value()) for name in ("into", "loser")}
        return seen != {"into": str(self.into.current_id), "loser": str(self.loser.current_id)}

    @cached_property
    def rows(self) -> list[Row]:
        """The parts to choose, each with what its sides say."""
        into, loser = self.contents
        united = together(into, loser)
        both = {change.part: change.after for change in versions.changes(into, united)}
        found = []
        for change in versions.changes(into, loser):
            says = {Side.INTO: change.before, Side.LOSER: change.after, Side.BOTH: both.get(change.part, [])}
            if not any(piece.mark == Mark.SAME and piece.text.strip() for piece in change.before):
                # Where all is different, nothing has to be pointed at.
                says = {side: [replace(piece, mark=Mark.SAME) for piece in pieces] for side, pieces in says.items()}
            options = [
                Option(
                    radio,
                    is_both=radio.data["value"] == Side.BOTH,
                    pieces=says[Side(radio.data["value"])],
                    of=self.loser.public if radio.data["value"] == Side.LOSER else self.into.public,
                )
                for radio in self[change.part]
            ]
            number = too_many(change.part, united)
            found.append(Row(self[change.part], change.is_list, options, number, MOST.get(change.part, 0)))
        return found

    @property
    def alike(self) -> list[str]:
        """The names of the parts in which the two say the same."""
        return [label for part, label in _labels() if part not in self.sides and self._says(part)]

    def _says(self, part: str) -> bool:
        return any(versions.value_of(self.contents[0], name) for name in versions.PARTS[part][1])


def _labels() -> list[tuple[str, str]]:
    return list(zip(versions.PARTS, versions.part_labels(versions.PARTS), strict=True))
