"""A correction beside what is public: what it changes, and what somebody else changed meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from initiatives import versions
from initiatives.content import read
from initiatives.models import Revision, Submission
from initiatives.versions import Change


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side.

    Attributes:
        old: what is public; once the correction is decided, what it was made on.
        new: what is proposed.
        changes: what the proposal changes of `old`.
    """

    old: Revision
    new: Revision
    changes: list[Change]

    @property
    def has_conflicts(self) -> bool:
        """Whether some part was changed by somebody else as well."""
        return any(change.in_conflict for change in self.changes)


def compare(submission: Submission) -> Comparison | None:
    """Return what a correction changes; None for a submission that is none. Loads the versions that it is about."""
    _load_versions(submission)
    if submission.base is None:
        return None
    base, proposed = read(submission.base), read(submission.revision)
    if not submission.is_open:
        return Comparison(submission.base, submission.revision, versions.changes(base, proposed))
    shown = submission.initiative.public
    public = read(shown)
    changes = versions.changes(
        public, versions.merge(base, public, proposed), in_conflict=versions.conflicts(base, public, proposed)
    )
    return Comparison(shown, submission.revision, changes)


def _load_versions(submission: Submission) -> None:
    """Load the versions that a submission is about with all they say, in a fixed number of queries."""
    about = [(submission, "revision"), (submission, "base"), (submission.initiative, "current")]
    loaded = Revision.objects.with_content().in_bulk({getattr(each, f"{name}_id") for each, name in about} - {None})
    for each, name in about:
        if (pk := getattr(each, f"{name}_id")) is not None:
            setattr(each, name, loaded[pk])
