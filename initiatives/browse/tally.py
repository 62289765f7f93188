"""The figures of the home page."""

from dataclasses import dataclass

from initiatives.models import City, Country, Initiative


@dataclass(frozen=True)
class Tally:
    """How much there is in the catalogue."""

    initiatives: int
    countries: int
    cities: int


def tally() -> Tally:
    """Count what is published, and the places it is in."""
    published = Initiative.objects.published()
    return Tally(
        initiatives=published.count(),
        countries=Country.objects.filter(revisions__current_of__in=published).distinct().count(),
        cities=City.objects.filter(revisions__current_of__in=published).distinct().count(),
    )


def newest(count: int = 5) -> list[Initiative]:
    """Return the entries that were published last."""
    published = Initiative.objects.published().with_list_content()
    return list(published.order_by("-published_at", "-pk")[:count])
