"""What the rooms of the site ask: which entries, and which submissions that wait, look the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from initiatives.content import Content
from initiatives.models import City, CityName, Country, Initiative, Involvement, Revision
from initiatives.querysets import SubmissionQuerySet
from initiatives.search.duplicates import marks
from initiatives.search.duplicates.likeness import Likeness, compare
from initiatives.search.duplicates.profile import CityNames, Profile, tokens
from initiatives.search.duplicates.reasons import Reason, doubts, reasons
from initiatives.search.duplicates.vocabulary import share

#: From this score on two entries look the same; where it comes from is in bench/README.md.
THRESHOLD = 0.4
SHOWN = 3
#: So many of the newest submissions in the queue are looked at, and so many of those compared.
QUEUE, QUEUE_COMPARED = 500, 20


@dataclass(frozen=True)
class LookAlike:
    """A version that looks the same: of a published entry or, for moderators, of a submission that waits."""

    revision: Revision
    likeness: Likeness

    @property
    def url(self) -> str:
        """The address of the published entry."""
        return self.revision.initiative.get_absolute_url()

    @property
    def title(self) -> str:
        """Its title."""
        return self.revision.title

    @property
    def reasons(self) -> list[Reason]:
        """Why it looks the same."""
        return reasons(self.likeness)

    @property
    def doubts(self) -> list[Reason]:
        """What speaks against it."""
        return doubts(self.likeness)


def entries_like(content: Content, *, but: Initiative | None = None, most: int = SHOWN) -> list[LookAlike]:
    """Return the published entries that look the same as what `content` says, the most alike first."""
    profile = of_content(content)
    if not profile.tokens:
        return []
    found = Initiative.objects.published().filter(pk__in=marks.candidates(profile))
    if but:
        found = found.exclude(pk=but.pk)
    return _best(profile, found.values_list("current", flat=True), most=most)


def submissions_like(content: Content, *, among: SubmissionQuerySet, most: int = SHOWN) -> list[LookAlike]:
    """Return the new entries `among` submissions that look the same as what `content` says. For moderators alone."""
    profile = of_content(content)
    said = {token.idea for token in profile.tokens}
    newest = among.founding().order_by("-submitted_at", "-pk")[:QUEUE]
    shared = {
        revision: sum(1 - share(idea) for idea in said & {token.idea for token in tokens(title)})
        for revision, title in newest.values_list("revision", "revision__title")
    }
    nearest = sorted((pk for pk, ideas in shared.items() if ideas), key=lambda pk: -shared[pk])
    return _best(profile, nearest[:QUEUE_COMPARED], most=most)


def index(numbers: Collection[int], published: Iterable[Initiative]) -> None:
    """Write anew by what entries are found: of those with these numbers the `published` ones, the others no more.

    These are loaded with the organisations, cities and countries of their public versions.
    """
    marks.write({each.pk: of_version(each.public) for each in published}, instead_of=numbers)


def of_content(content: Content) -> Profile:
    """Return what an entry is recognised by that says this."""
    return Profile(
        title=content.title,
        countries=frozenset([each.code for each in content.countries] + [each.country_id for each in content.cities]),
        cities={city.pk: city.name for city in content.cities},
        organisations=tuple(each.name for each in content.organisations),
        start_year=content.start_year,
        end_year=content.end_year,
    )


def of_version(revision: Revision) -> Profile:
    """Return what an entry is recognised by that shows this version; cheap for one whose relations are loaded."""
    return Profile(
        title=revision.title,
        countries=frozenset(each.code for each in revision.countries.all()),
        cities={city.pk: city.name for city in revision.cities.all()},
        organisations=tuple(each.shown_name for each in revision.involvements.all()),
        start_year=revision.start_year,
        end_year=revision.end_year,
    )


def _profiles(versions: Collection[int]) -> dict[int, Profile]:
    """Return what these versions are recognised by, in four queries that make no objects."""
    countries: dict[int, list[str]] = defaultdict(list)
    cities: dict[int, dict[int, str]] = defaultdict(dict)
    organisations: dict[int, list[str]] = defaultdict(list)
    for pk, code in Country.objects.filter(revisions__in=versions).values_list("revisions", "code"):
        countries[pk].append(code)
    for pk, number, name in City.objects.filter(revisions__in=versions).values_list("revisions", "pk", "name"):
        cities[pk][number] = name
    involved = Involvement.objects.filter(revision__in=versions).order_by("pk")
    for pk, written, name in involved.values_list("revision", "name", "organisation__name"):
        organisations[pk].append(name or written)
    return {
        pk: Profile(title, frozenset(countries[pk]), cities[pk], tuple(organisations[pk]), start, end)
        for pk, title, start, end in Revision.objects.filter(pk__in=versions).values_list(
            "pk", "title", "start_year", "end_year"
        )
    }


def _best(profile: Profile, versions: Collection[int], *, most: int) -> list[LookAlike]:
    """Return those of some versions that look the same, the most alike first, with all that a list shows of them."""
    others = _profiles(list(versions))
    names = _city_names(profile, others.values())
    profile = profile.knowing(names)
    others = {pk: other.knowing(names) for pk, other in others.items()}
    weigh = marks.weigher(marks.counts({token.idea for each in [profile, *others.values()] for token in each.tokens}))
    found = {pk: compare(profile, other, weigh) for pk, other in others.items()}
    alike = sorted(
        (pk for pk, likeness in found.items() if likeness.score >= THRESHOLD), key=lambda pk: (-found[pk].score, pk)
    )
    shown = Revision.objects.select_related("initiative").prefetch_related("countries", "cities__country")
    revisions = shown.in_bulk(alike[:most]) if alike else {}
    return [LookAlike(revisions[pk], found[pk]) for pk in alike[:most]]


def _city_names(profile: Profile, others: Iterable[Profile]) -> CityNames:
    """Return the names by which a city of one may stand in the title of another, in whatever language."""
    names = CityNames()
    theirs = {number for other in others for number in other.cities}
    if not profile.cities and not theirs:
        return names
    said = profile.name.split()
    runs = {" ".join(said[at : at + length]) for at in range(len(said)) for length in (1, 2, 3)}
    known = CityName.objects.filter(city__in=profile.cities) | CityName.objects.filter(city__in=theirs, key__in=runs)
    for number, name, its_own in known.values_list("city", "key", "city__name_key"):
        names.learn(number, name, is_its_own=name == its_own)
    return names
