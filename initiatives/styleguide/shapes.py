"""What stands in for the rows of a database: as much of each model as the components ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils.text import slugify


@dataclass(frozen=True)
class Term:
    """A theme or a channel: something with a name, a page and a count."""

    name: str
    count: int = 0

    @property
    def shown_name(self) -> str:
        """Its name, whoever reads."""
        return self.name

    @property
    def slug(self) -> str:
        """What its drawing is called."""
        return slugify(self.name)

    def get_absolute_url(self) -> str:
        """Lead nowhere."""
        return "#"


@dataclass(frozen=True)
class Publication:
    """A channel an entry came through."""

    channel: Term
    edition: str = ""
    url: str = ""
    date: datetime | None = None


class Publications(list[Publication]):
    """A list that answers like a related manager."""

    def all(self) -> list[Publication]:
        """Return itself."""
        return self


@dataclass(frozen=True)
class Revision:
    """What an entry says."""

    title: str
    summary: str
    where: str
    years: str = ""
    language: str = "en"
    publications: Publications = field(default_factory=Publications)
    what_it_does: str = ""
    how_it_works: str = ""
    results: str = ""
    reusable: str = ""

    @property
    def direction(self) -> str:
        """Which way the text runs."""
        return "rtl" if self.language == "ar" else "ltr"


@dataclass(frozen=True)
class Submission:
    """Who sent an entry."""

    submitter_name: str = "Anonymous"
    is_verified: bool = False


@dataclass(frozen=True)
class Entry:
    """An initiative with its revision and submission."""

    revision: Revision
    submission: Submission
    published_at: datetime = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
    slug: str = "sample"
    withdrawn_at: datetime = datetime(2026, 5, 2, 9, 30, tzinfo=UTC)
    withdrawal_reason: str = "The city told us that the project was cancelled before it began."

    @property
    def current(self) -> Revision:
        """What is public."""
        return self.revision

    def get_absolute_url(self) -> str:
        """Lead nowhere."""
        return "#"
