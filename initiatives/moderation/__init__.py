"""The path of a submission, and of the entry that comes of it: the only code that writes a status.

Every step is one transaction: it changes the row only if it is still in a state the step
starts from and still proposes the version that was looked at (compare-and-swap), writes
a Decision, and tells people after the commit.
"""

from initiatives.moderation.conversation import say
from initiatives.moderation.entries import merge, republish, restore, unpublish
from initiatives.moderation.holding import HOLD, hold, hold_next, put_back
from initiatives.moderation.publishing import RESERVED_SLUGS, slug_stem
from initiatives.moderation.steps import (
    MODERATE,
    TRANSITIONS,
    Conflict,
    IllegalTransition,
    NotAllowed,
    OutsideRemit,
    Submitter,
    decisions_open,
    is_moderator_of,
    require_moderator,
    timeline,
)
from initiatives.moderation.submissions import (
    accept,
    approve,
    claim,
    install,
    reject,
    reopen,
    report,
    request_changes,
    resubmit,
    submit,
    withdraw,
)
from initiatives.moderation.submitters import confirm_address, hide_name

__all__ = [
    "HOLD",
    "MODERATE",
    "RESERVED_SLUGS",
    "TRANSITIONS",
    "Conflict",
    "IllegalTransition",
    "NotAllowed",
    "OutsideRemit",
    "Submitter",
    "accept",
    "approve",
    "claim",
    "confirm_address",
    "decisions_open",
    "hide_name",
    "hold",
    "hold_next",
    "install",
    "is_moderator_of",
    "merge",
    "put_back",
    "reject",
    "reopen",
    "report",
    "republish",
    "request_changes",
    "require_moderator",
    "restore",
    "resubmit",
    "say",
    "slug_stem",
    "submit",
    "timeline",
    "unpublish",
    "withdraw",
]
