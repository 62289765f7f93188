"""Things that look like the real ones, so that every component can be shown without a database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.paginator import Page, Paginator

from initiatives.models import MadeBy, Words, origin
from initiatives.search.facets import Choice, End, Facet
from initiatives.search.marks import marked
from initiatives.styleguide.changes import comparisons
from initiatives.styleguide.forms import LinkFormSet, SampleForm, form_with_errors
from initiatives.styleguide.shapes import Entry, Publication, Publications, Revision, Submission, Term

MAYORS = Publication(Term("GFMD Mayors Mechanism – Call to Local Action for Migrants and Refugees"))
PLATFORM = Publication(Term("GFMD Platform for Partnerships"), edition="2023")

SAN_JOSE = Entry(
    Revision(
        "Welcoming San José Plan 2.0: Moving toward Civic, Economic, Linguistic, and Social Inclusion 2021-2024",
        "Twenty-three community-designed strategies under four pillars that help immigrants and refugees take part "
        "in the civic, economic, linguistic and social life of the city.",
        "San José, United States",
        "2021–2024",
        publications=Publications([MAYORS]),
        how_it_works="A working group of 11 partners and 134 people of 47 community groups took part in making it.",
    ),
    Submission("Anqi Zhang", is_verified=True),
)
D4C = Entry(
    Revision(
        "Diaspora 4 Climate Action (D4C)",
        "An IOM project that connects diaspora members in the United Kingdom with climate actors in four countries.",
        "Bangladesh, Jamaica, Ghana, Albania, United Kingdom",
        publications=Publications([PLATFORM]),
    ),
    Submission(),
)
KAMPALA = Entry(
    Revision(
        "Kampala for All: Safety Nets for Recovery",
        "A city safety-net programme, submitted by a local government that signed the Marrakech Mayors Declaration.",
        "Kampala, Uganda",
        "2021–2022",
        publications=Publications([MAYORS]),
    ),
    Submission("Anqi Zhang", is_verified=True),
)
ARABIC = Entry(
    Revision(
        "المغاربة المقيمون بالخارج: مواكبة المستثمرين ونقل الكفاءات (MBI – بلجيكا) 2021",
        "برنامج يرافق رواد الأعمال من أصل مغربي في بلجيكا لإنشاء مشاريع في المغرب، بشراكة مع السلطات المحلية.",
        "Casablanca, Morocco",
        "2019–2021",
        language="ar",
        publications=Publications([PLATFORM]),
    ),
    Submission(),
)
HAHO = Entry(
    Revision(
        "Supporting pastoralism and livestock mobility to foster social cohesion",
        "Marked corridors, rest areas and a joint committee of herders and farmers along the transhumance routes.",
        "Haho, Togo",
        publications=Publications([MAYORS]),
    ),
    Submission("Commune Haho 1"),
)
ENTRIES = [SAN_JOSE, D4C, KAMPALA, ARABIC, HAHO]
CARDS = [
    {
        "url": "#",
        "slug": entry.slug,
        "title": entry.revision.title,
        "summary": entry.revision.summary,
        "language": entry.revision.language,
        "direction": entry.revision.direction,
        "where": entry.revision.where,
        "years": entry.revision.years,
        "day": "2026-03-12",
        "date": "12 March 2026",
        "submitter": entry.submission.submitter_name,
        "is_verified": entry.submission.is_verified,
        "channels": [
            {"name": each.channel.name, "url": "#", "edition": each.edition} for each in entry.revision.publications
        ],
    }
    for entry in ENTRIES
]
THEMES = [
    Term("Diaspora empowerment and engagement", 214),
    Term("Cities and municipalities", 188),
    Term("Diversity, inclusiveness and social cohesion", 163),
    Term("Livelihood and job creation", 140),
    Term("Climate change and disaster displacement", 92),
    Term("Migrant protection and assistance", 88),
    Term("Migration profiles", 0),
]


def choice(label: str, count: int, *, selected: bool = False) -> Choice:
    """Return a choice of which the address says what the label says."""
    return Choice(label.casefold(), label, count, selected)


def facet(name: str, label: str, choices: list[Choice], *, multiple: bool = True, ends: tuple[End, ...] = ()) -> Facet:
    """Return a filter that has all its values."""
    return Facet(name, label, multiple, choices, total=len(choices), ends=ends)


COUNTRIES = [
    "Albania",
    "Armenia",
    "Bangladesh",
    "Belgium",
    "Brazil",
    "Côte_d’Ivoire",
    "France",
    "Germany",
    "Ghana",
    "Jamaica",
    "Mexico",
    "Morocco",
    "Philippines",
    "Senegal",
    "Togo",
    "Tunisia",
    "Uganda",
    "United_Kingdom",
    "United_States",
]
FACETS = [
    facet("theme", "Theme", [choice(t.name, t.count, selected=t.count == 214) for t in THEMES]),
    facet(
        "channel",
        "Submission channel",
        [choice(MAYORS.channel.name, 3), choice("Submitted directly", 4)],
    ),
    facet(
        "country",
        "Country",
        [choice(n.replace("_", " "), i % 7, selected=n == "Uganda") for i, n in enumerate(COUNTRIES)],
    ),
    facet(
        "submitter",
        "Submitter",
        [choice("Verified", 5), choice("Not verified", 2)],
        multiple=False,
    ),
    facet("objective", "GCM objective", [choice("16 · Inclusion and social cohesion", 4)]),
    facet(
        "year",
        "Active in",
        [
            choice(str(2008 + i), n)
            for i, n in enumerate([1, 2, 2, 5, 4, 9, 12, 11, 17, 14, 21, 26, 18, 24, 30, 22, 9])
        ],
        ends=(
            End("year_from", "Active from", "2015", ""),
            End("year_to", "Active until", "20x", "“20x” in “Active until” is no year between 1900 and 2100."),
        ),
    ),
]
CHIPS = [
    {"label": "Diaspora empowerment and engagement", "facet_label": "Theme", "remove_url": "#"},
    {"label": "Uganda", "facet_label": "Country", "remove_url": "#"},
]
SORTS = [
    {"label": "Newest", "url": "#", "current": True},
    {"label": "Oldest", "url": "#", "current": False},
    {"label": "Title", "url": "#", "current": False},
]
NUMBERS = [
    {"value": "7", "label": "initiatives"},
    {"value": "12", "label": "countries"},
    {"value": "3", "label": "cities"},
]
FACTS: list[dict[str, Any]] = [
    {"label": "Where", "parts": [{"text": "San José, United States"}]},
    {"label": "When", "parts": [{"text": "2021–2024, completed"}]},
    {"label": "Led by", "parts": [{"text": "City of San José, Office of Immigrant Affairs"}]},
    {"label": "Themes", "parts": [{"text": t.name, "url": "#"} for t in THEMES[:3]]},
    {
        "label": "GCM objectives",
        "lines": True,
        "parts": [{"text": "16 · Inclusion and social cohesion"}, {"text": "17 · Eliminate discrimination"}],
    },
]
DECISIONS = [
    {"label": "Submitted", "by_name": "Anqi Zhang", "at": datetime(2026, 2, 26, 8, 5, tzinfo=UTC), "note": ""},
    {
        "label": "Changes requested",
        "by_name": "Ada M.",
        "at": datetime(2026, 3, 1, 15, 40, tzinfo=UTC),
        "note": "Please say who runs it now, and since when.",
    },
    {
        "label": "You wrote",
        "by_name": "",
        "at": datetime(2026, 3, 2, 7, 20, tzinfo=UTC),
        "note": "The city's integration office, since March 2024: https://example.org/office",
        "is_message": True,
    },
    {"label": "Published", "by_name": "Ada M.", "at": datetime(2026, 3, 3, 10, 12, tzinfo=UTC), "note": ""},
]
ERRORS = [
    {"target": "id_title", "label": "Title", "message": "This field is required."},
    {"target": "id_end_year", "label": "Last year", "message": "It is before the first year."},
]
STATUSES = ["draft", "submitted", "changes_requested", "published", "rejected", "withdrawn"]
LINKS = [{"label": "Download", "url": "#"}]
SUGGESTIONS = [
    {"label": "Search without “Uganda”", "url": "#"},
    {"label": "Search for “pastoralism” instead", "url": "#"},
    {"label": "All initiatives", "url": "#"},
]


def pages() -> dict[str, Any]:
    """Return what the pagination gets from a view in the middle of a long list."""
    page: Page[int] = Paginator(range(180), 20).page(4)
    numbers = [1, None, 3, 4, 5, None, 9]
    links = [{"number": n, "url": "#" if n else "", "current": n == 4} for n in numbers]
    return {"page": page, "page_links": links, "previous_url": "#", "next_url": "#"}


def context() -> dict[str, Any]:
    """Return everything the sample pages show."""
    links = [{"label": "Final report", "url": "https://example.org/report"}, {"label": "", "url": ""}]
    found: Any = SAN_JOSE.revision
    words = Words(found)
    return {
        "entries": ENTRIES,
        "cards": CARDS,
        "related": [
            CARDS[0] | {"reasons": ["Same organisation: Welcoming America", "Same theme: Migrant entrepreneurship"]},
            CARDS[1] | {"reasons": ["Also in San José, United States"]},
        ],
        "found": [CARDS[0] | {"found": marked(words, '"san jose" immigrant partners')}],
        "translated": [
            CARDS[0] | {"origin": origin("en", MadeBy.HUMAN)},
            CARDS[1] | {"origin": origin("en", MadeBy.MACHINE), "is_stale": True},
        ],
        "entry": SAN_JOSE,
        "arabic": ARABIC,
        "initiative": SAN_JOSE,
        "revision": SAN_JOSE.revision,
        "themes": THEMES,
        "facets": FACETS,
        "chips": CHIPS,
        "sorts": SORTS,
        "links": LINKS,
        "numbers": NUMBERS,
        "facts": FACTS,
        "decisions": DECISIONS,
        "errors": ERRORS,
        "statuses": STATUSES,
        "suggestions": SUGGESTIONS,
        "kept": [("sort", "newest")],
        "form": SampleForm(),
        "bad_form": form_with_errors(),
        "formset": LinkFormSet(initial=links, prefix="links"),
        **comparisons(),
        **pages(),
    }
