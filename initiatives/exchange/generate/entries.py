"""Generated entries, row for row what the way through moderation leaves behind."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from initiatives import models
from initiatives.choices import Kind, OrganisationType, Role, Stage, Status, Step
from initiatives.exchange.bulk import Table
from initiatives.exchange.generate.reading import Reading, Said
from initiatives.exchange.generate.words import Language, Zipf, folded, keywords, languages, names
from initiatives.models import Revision, token_hash, tracking_token

FIRST_DAY = datetime.datetime(2016, 1, 1, tzinfo=datetime.UTC)
NOTE = "Generated to measure with."
_ORGANISATIONS = {
    OrganisationType.LOCAL_GOVERNMENT: "Municipality of {}",
    OrganisationType.CIVIL_SOCIETY: "{} Association",
    OrganisationType.DIASPORA: "{} Diaspora Network",
    OrganisationType.NATIONAL_GOVERNMENT: "Ministry of {}",
    OrganisationType.INTERGOVERNMENTAL: "{} Commission",
    OrganisationType.ACADEMIA: "University of {}",
    OrganisationType.PRIVATE_SECTOR: "{} Bank",
}
#: How many of a hundred are in English, French, Spanish and Arabic.
_LANGUAGES = [60, 18, 15, 7]
_M2M = {"countries": "country_id", "cities": "city_id", "themes": "theme_id", "objectives": "objective_id"}
_TEXTS = ["title", "summary", "what_it_does", "how_it_works", "results"]


@dataclass(frozen=True)
class Place:
    """A city, its country, and the folded names by which both are found."""

    pk: int
    name: str
    country: str


def tables() -> dict[str, Table]:
    """Return the tables that are filled, those that others refer to first."""
    through = {name: Table(getattr(Revision, name).through, "revision_id", column) for name, column in _M2M.items()}
    years = ["is_global", "start_year", "end_year", "stage"]
    return {
        "keyword": Table(models.Keyword, "id", "name", "slug"),
        "organisation": Table(models.Organisation, "id", "name", "name_key", "type"),
        "initiative": Table(models.Initiative, "id", "slug", "current_id", "published_at", "created_at"),
        "revision": Table(Revision, "id", "initiative_id", "language", "created_at", "approved_at", *_TEXTS, *years),
        **through,
        "keywords": Table(models.TaggedRevision, "content_object_id", "tag_id"),
        "publication": Table(models.Publication, "revision_id", "channel_id", "edition", "url"),
        "involvement": Table(
            models.Involvement, "id", "revision_id", "name", "name_key", "type", "role", "organisation_id"
        ),
        "signature": Table(models.Signature, "involvement_id", "declaration_id"),
        "link": Table(models.Link, "revision_id", "url", "label"),
        "submission": Table(
            *(models.Submission, "id", "initiative_id", "revision_id", "kind", "status", "seed", "token_hash"),
            *("created_at", "submitted_at", "name", "show_name", "email", "verified_at"),
        ),
        "decision": Table(
            models.Decision, "submission_id", "revision_id", "step", "from_status", "to_status", "at", "note"
        ),
    }


class Entries:
    """Makes entries: the same ones for the same seed in the same database, but for their dates, which end now."""

    def __init__(self, seed: int, total: int) -> None:
        """`total` is how many there will be; they were published one after the other since 2016."""
        self._random = random = Random(seed)  # noqa: S311 - nothing here is secret
        self._languages = languages(random)
        self._names = Zipf(names(), steepness=0.7)
        self._themes = self._vocabulary(models.Theme.objects.values_list("pk", "name"))
        self._channels = self._vocabulary(models.Channel.objects.values_list("pk", "slug"))
        objectives = models.Objective.objects.select_related("framework")
        self._objectives = self._vocabulary((each.pk, str(each)) for each in objectives)
        self._declarations = self._vocabulary(models.Declaration.objects.values_list("pk", "slug"))
        cities = models.City.objects.order_by("-population", "pk").values_list("pk", "name", "country")
        self._cities = Zipf([Place(*row) for row in cities], steepness=0.8)
        self._step = (timezone.now() - FIRST_DAY) / total
        self.tables = tables()
        numbered = ("keyword", "organisation", "initiative", "revision", "involvement", "submission")
        self._ids = {name: count(self.tables[name].next_pk()) for name in numbered}
        self._keywords = Zipf(self._made_keywords())
        self._organisations = {
            (name_key, type_): pk
            for pk, name_key, type_ in models.Organisation.objects.values_list("pk", "name_key", "type")
        }
        self._reading = Reading()

    def _vocabulary(self, rows: Iterable[tuple[int, str]]) -> Zipf[tuple[int, str]]:
        shuffled = sorted(rows)
        self._random.shuffle(shuffled)
        return Zipf(shuffled)

    def _made_keywords(self) -> list[tuple[int, str]]:
        known = dict(models.Keyword.objects.values_list("name", "pk"))
        for name in keywords(self._languages[0], self._names.values):
            if name not in known:
                known[name] = next(self._ids["keyword"])
                self.tables["keyword"].add(known[name], name, slugify(name))
        return sorted((pk, name) for name, pk in known.items())

    @transaction.atomic
    def write(self) -> None:
        """Write what was added since the last time."""
        for table in [*self.tables.values(), self._reading.document, self._reading.index]:
            table.write()

    def finish(self) -> None:
        """Write what is known only when all entries are made."""
        self._reading.write_counts()

    # ---- One entry ---------------------------------------------------------

    def add(self, number: int) -> None:
        """Make the entry with this number, from 0 on."""
        random = self._random
        pk, revision = next(self._ids["initiative"]), next(self._ids["revision"])
        published = FIRST_DAY + self._step * (number + random.random())
        sent = published - datetime.timedelta(days=random.random() * 30)
        language = random.choices(self._languages, _LANGUAGES)[0]
        cities = self._cities.several(random, 2) if random.random() < 0.8 else []
        is_global = not cities and random.random() < 0.3
        countries = {city.country for city in cities}
        if not cities and not is_global:
            countries = {self._cities.draw(random).country}
        texts = self._texts(language, cities)
        slug = f"{slugify(folded(texts[0][0]))[:80].strip('-') or 'initiative'}-{pk}"
        sent_at, published_at = _moment(sent), _moment(published)
        self.tables["initiative"].add(pk, slug, revision, published_at, sent_at)
        years = self._years()
        self.tables["revision"].add(
            *(revision, pk, language.code, sent_at, published_at),
            *(" ".join(sentences) for sentences in texts),
            *(is_global, *years),
        )
        for country in sorted(countries):
            self.tables["countries"].add(revision, country)
        for city in cities:
            self.tables["cities"].add(revision, city.pk)
        subjects, objectives = self._subjects(revision)
        said = Said(
            language=language.code,
            texts=texts,
            organisations=self._involve(revision),
            cities={city.pk: city.name for city in cities},
            countries=sorted(countries),
            subjects=[*subjects, *(str(year) for year in years[:2] if year)],
            objectives=objectives,
        )
        self._path(pk, revision, sent_at, published_at)
        self._reading.add(pk, said)

    def _texts(self, language: Language, cities: list[Place]) -> list[list[str]]:
        """Return title, summary and what follows, in sentences; together 60 to 200 words."""
        random = self._random
        title = language.title.format(
            name=self._names.draw(random),
            place=cities[0].name if cities else "",
            object=language.objects.draw(random),
            people=language.people.draw(random),
        )
        lengths = [4, random.randint(3, 5), random.randint(0, 3), random.randint(0, 2)]
        return [[title], *([language.sentences.draw(random) for _ in range(length)] for length in lengths)]

    def _years(self) -> tuple[int | None, int | None, str]:
        random = self._random
        stage = random.choices([*Stage.values, ""], [10, 50, 30, 10])[0]
        if random.random() < 0.2:
            return None, None, stage
        start = min(2027, 2000 + int(random.triangular(0, 27, 20)))
        return start, start + random.randint(0, 6) if random.random() < 0.5 else None, stage

    def _subjects(self, revision: int) -> tuple[list[str], list[str]]:
        """Give the version subjects, channels and links; return the names of the subjects, and of the objectives."""
        random = self._random
        themes, keywords = self._themes.several(random, 3), self._keywords.several(random, 5)
        for pk, _ in themes:
            self.tables["themes"].add(revision, pk)
        objectives = self._objectives.several(random, 5)
        for pk, _ in objectives:
            self.tables["objectives"].add(revision, pk)
        for pk, _ in keywords:
            self.tables["keywords"].add(revision, pk)
        for pk, slug in self._channels.several(random, 2):
            edition = str(random.randint(2008, 2026)) if "summit" in slug else ""
            self.tables["publication"].add(revision, pk, edition, f"https://example.org/{slug}/{revision}")
        for number in range(random.randint(1, 2)):
            self.tables["link"].add(revision, f"https://example.org/{revision}/{number}", "")
        return [name for _, name in [*themes, *keywords]], [name for _, name in objectives]

    def _involve(self, revision: int) -> list[str]:
        """Give the version organisations, of which the first one leads; return their names."""
        random, named = self._random, {}
        for _ in range(random.randint(1, 3)):
            type_ = random.choices(list(_ORGANISATIONS), [30, 25, 15, 10, 10, 6, 4])[0]
            name = _ORGANISATIONS[type_].format(self._names.draw(random))
            named[folded(name), type_] = name
        for number, ((name_key, type_), name) in enumerate(named.items()):
            pk = next(self._ids["involvement"])
            role = Role.PARTNER if number else Role.LEAD
            organisation = self._organisation(name, name_key, type_)
            self.tables["involvement"].add(pk, revision, name, name_key, type_.value, role.value, organisation)
            if role == Role.LEAD and random.random() < 0.05:
                self.tables["signature"].add(pk, self._declarations.draw(random)[0])
        return list(named.values())

    def _organisation(self, name: str, name_key: str, type_: OrganisationType) -> int:
        pk = self._organisations.get((name_key, type_.value))
        if pk is None:
            pk = self._organisations[name_key, type_.value] = next(self._ids["organisation"])
            self.tables["organisation"].add(pk, name, name_key, type_.value)
        return pk

    def _path(self, initiative: int, revision: int, sent: Any, published: Any) -> None:
        """Leave the submission behind, and the two decisions on it."""
        random, pk = self._random, next(self._ids["submission"])
        seed = f"{random.getrandbits(224):056x}{pk:08x}"
        name = self._names.draw(random) if random.random() < 0.5 else ""
        email = f"{pk}@example.org" if random.random() < 0.7 else ""
        verified = sent if email and random.random() < 0.8 else None
        self.tables["submission"].add(
            *(
                pk,
                initiative,
                revision,
                Kind.NEW.value,
                Status.PUBLISHED.value,
                seed,
                token_hash(tracking_token(seed)),
            ),
            *(sent, sent, name, bool(name) and random.random() < 0.7, email, verified),
        )
        for step, source, target, at in [
            (Step.SUBMIT, Status.DRAFT, Status.SUBMITTED, sent),
            (Step.APPROVE, Status.SUBMITTED, Status.PUBLISHED, published),
        ]:
            note = NOTE if step == Step.APPROVE else ""
            self.tables["decision"].add(pk, revision, step.value, source.value, target.value, at, note)


def _moment(moment: datetime.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
