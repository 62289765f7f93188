"""The fixed sets of values that the catalogue knows, in one place for models, querysets and forms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a submission stands; `moderation.TRANSITIONS` says which leads to which."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    PUBLISHED = "published", _("Published")
    ACCEPTED = "accepted", _("Done")
    REJECTED = "rejected", _("Not published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Step(models.TextChoices):
    """What can be done to a submission, in the words of its time line."""

    SUBMIT = "submit", _("Submitted")
    RESUBMIT = "resubmit", _("Changed and submitted again")
    ANSWER = "answer", _("Answered")
    WITHDRAW = "withdraw", _("Withdrawn")
    APPROVE = "approve", _("Approved and published")
    REQUEST_CHANGES = "request_changes", _("Changes requested")
    REJECT = "reject", _("Not published")
    ACCEPT = "accept", _("Done")
    REOPEN = "reopen", _("Opened again")
    UNPUBLISH = "unpublish", _("Taken off the catalogue")
    MERGE = "merge", _("Merged into another entry")
    REPUBLISH = "republish", _("Put back into the catalogue")


class Kind(models.TextChoices):
    """What a submission asks for."""

    NEW = "new", _("New entry")
    CORRECTION = "correction", _("Correction")
    CLAIM = "claim", _("Claim")
    REPORT = "report", _("Report")


#: What states of a claim and a report are called: there is nothing in them to change or publish.
OUTCOMES = {
    (Kind.CLAIM, Status.CHANGES_REQUESTED): _("Question asked"),
    (Kind.REPORT, Status.CHANGES_REQUESTED): _("Question asked"),
    (Kind.CLAIM, Status.ACCEPTED): _("Granted"),
    (Kind.CLAIM, Status.REJECTED): _("Refused"),
    (Kind.REPORT, Status.ACCEPTED): _("Dealt with"),
    (Kind.REPORT, Status.REJECTED): _("No problem found"),
}


class Stage(models.TextChoices):
    """How far an initiative has come; `status` in the public addresses."""

    PLANNED = "planned", _("Planned")
    ONGOING = "ongoing", _("Ongoing")
    COMPLETED = "completed", _("Completed")


class Role(models.TextChoices):
    """What an organisation does in an initiative."""

    LEAD = "lead", _("Leads")
    PARTNER = "partner", _("Partner")


class MadeBy(models.TextChoices):
    """Who made a translation; a moderator has read either."""

    HUMAN = "human", _("Made by people")
    MACHINE = "machine", _("Made by a machine, checked by a person")


class FileKind(models.TextChoices):
    """What can be sent as a file."""

    PICTURE = "picture", _("Picture")
    DOCUMENT = "document", _("Document")


class OrganisationType(models.TextChoices):
    """The kinds of organisation that the catalogue tells apart."""

    LOCAL_GOVERNMENT = "local_government", _("Local government")
    NATIONAL_GOVERNMENT = "national_government", _("National government")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organisation")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    DIASPORA = "diaspora", _("Diaspora organisation")
    PRIVATE_SECTOR = "private_sector", _("Private sector")
    ACADEMIA = "academia", _("Academia")
