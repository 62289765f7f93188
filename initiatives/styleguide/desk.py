"""What the samples of the moderators' desk show."""

import datetime
from typing import Any

from initiatives.queue_figures import Figures, Month
from initiatives.styleguide.forms import NoteForm
from initiatives.styleguide.samples import ARABIC, D4C, HAHO, SAN_JOSE

QUEUE = [
    {
        "url": "#",
        "tick": str(number),
        "title": entry.revision.title,
        "language": entry.revision.language,
        "direction": entry.revision.direction,
        "where": entry.revision.where,
        "kind": kind,
        "age": age,
        "is_late": late,
        "channel": entry.revision.publications[0].channel.name,
        "submitter": entry.submission.submitter_name,
        "is_verified": entry.submission.is_verified,
        "status": status,
        "holder": holder,
        "held_until": "14:30 UTC",
        "is_mine": holder == "Ada M.",
    }
    for number, (entry, kind, age, late, status, holder) in enumerate(
        [
            (SAN_JOSE, "Correction", "9 days", True, "submitted", "Ada M."),
            (D4C, "New", "4 days", False, "submitted", "Ben Okafor"),
            (ARABIC, "New", "2 days", False, "changes_requested", ""),
            (HAHO, "New", "3 hours", False, "submitted", ""),
        ]
    )
]
BUTTONS = [
    {"step": "approve", "label": "Approve and publish", "look": "primary", "key": "a"},
    {"step": "request_changes", "label": "Ask for changes", "look": "", "key": "c", "needs_note": True},
    {"step": "reject", "label": "Reject", "look": "danger", "key": "r", "needs_note": True},
]
_COUNTS = [(5, 3), (6, 6), (7, 4), (5, 6), (7, 6), (8, 9), (7, 5), (6, 6), (8, 8), (4, 3), (3, 1), (16, 2)]
FIGURES = Figures(
    waiting=23,
    oldest_since=datetime.datetime(2026, 11, 6, 9, tzinfo=datetime.UTC),
    median_days=4.7,
    months=[
        Month(datetime.date(2026, number, 1), received, decided, 4.5)
        for number, (received, decided) in enumerate(_COUNTS, start=1)
    ],
)


def context() -> dict[str, Any]:
    """Return what the samples of the desk show."""
    forms = {f"{name}_form": NoteForm(prefix=name) for name in ("mine", "free", "other")}
    return {"queue": QUEUE, "buttons": BUTTONS, **forms, "figures": FIGURES}
