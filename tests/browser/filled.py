"""A catalogue, a queue and drafts with something of everything in them: short, long, half-finished, right to left."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from initiatives import moderation
from initiatives.content import Content, Listing, NamedOrganisation, Source, TranslatedTexts, read, texts_digest
from initiatives.emails import confirmation_value
from initiatives.models import Declaration, Draft, Initiative, SavedReply, Submission
from tests import factories
from tests.moderate.desk import claim, correction, report

#: As long as the form lets a title be, with a word in it that fits in no line.
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle für Zugewanderte, " * 2
LONG_TITLE = LONG.strip(" ,")[:200]
MARKDOWN = """# How it works

Somebody said **at once**, and [its page](https://example.org/a/long/address/of/a/page/about/it) says more.

- one
- two

> said somebody

1. first
2. second
"""
ARABIC = "مبادرة المدينة من أجل تمكين المغتربين"
SAM = moderation.Submitter(name="Sam", show_name=True, email="sam@example.org")


@dataclass
class Filled:
    """What the walk through the pages needs to know of it."""

    member: User
    moderator: User
    entry: Initiative
    long: Initiative
    other: Initiative
    gone: Initiative
    draft: Draft
    waiting: Submission
    confirmation: str
    tracked: dict[str, Submission]
    desk: dict[str, Submission]


def rich(title: str, **values: object) -> Content:
    """Return what an entry says that has something of everything."""
    return factories.content(
        title,
        **{
            "summary": "It opens health posts and schools to everybody who lives there. " * 3,
            "what_it_does": MARKDOWN,
            "how_it_works": "With the people whom it is for.",
            "results": "Forty schools (2023).",
            "reusable": "The form.",
            "countries": [factories.country(code) for code in ("UG", "MA", "CI")],
            "themes": [factories.theme("diaspora"), factories.theme("cities")],
            "objectives": [factories.objective("gcm-16"), factories.objective("sdg-11")],
            "keywords": ["food", "health posts"],
            "organisations": [NamedOrganisation("Kampala Capital City Authority", "local_government", "lead")],
            # The one that comes with an installation, if that is there.
            "declarations": [Declaration.objects.first() or factories.declaration()],
            "listings": [Listing(factories.channel("call"), "2023", "https://example.org/call")],
            "links": [Source("https://example.org/", "Its page")],
            "picture": factories.upload(),
            "picture_alt": "People in front of a school",
            "picture_credit": "City of Kampala",
            "documents": [factories.document("Final report")],
            "start_year": 2019,
            "end_year": 2023,
            "stage": "completed",
        }
        | values,
    )


def fill() -> Filled:
    """Write all of it, each thing through the code that the site writes it with."""
    moderator = factories.moderator("moderator@example.net", name="Moderata")
    colleague = factories.moderator("colleague@example.net", name="Konstantinos Papadopoulos-Wolkenstein")
    member = factories.person("member@example.net", name="Mona")
    theirs = moderation.Submitter(member=member, name="Mona", email=member.email, is_verified=True, show_name=True)
    SavedReply.objects.get_or_create(
        title="Ask: in which city or country it takes place, and since when", defaults={"text": "Where is it?"}
    )
    factories.theme("empty", "Nothing of it yet")
    city = factories.city("Kampala")

    said = {
        "fr": TranslatedTexts("Kampala pour tous", "La ville ouvre ses services.", what_it_does=MARKDOWN),
        "ar": TranslatedTexts("كمبالا للجميع", "خدمات مفتوحة للجميع.", made_by="machine"),
    }
    entry = published(rich("Kampala for All", cities=[city], translations=said), theirs)
    long = published(
        rich(
            LONG_TITLE,
            language="de",
            keywords=["sozialversicherungsfachangestelltenausbildungsplatz"],
            organisations=[NamedOrganisation(LONG_TITLE, "civil_society", "lead")],
            links=[Source("https://example.org/" + "very-long-address/" * 20)],
        ),
        SAM,
    )
    published(rich(ARABIC, language="ar", summary=f"{ARABIC}. " * 5), SAM)
    other, gone = published(factories.content("Little said")), published(factories.content("Gone"))
    # So many that a list has a second page, and so many words that not all are shown at once.
    for number in range(18):
        published(factories.content(f"Entry {number}"))
    published(factories.content("Entry of many words", keywords=[f"word {each:02}" for each in range(35)]))
    for summary in ("It opens health posts and clinics.", "It opens clinics to everybody."):
        changed = correction(entry, summary=summary, change_note="The city said so.", submitter=SAM)
        moderation.approve(changed, by=moderator)
    moderation.unpublish(gone, by=moderator, reason="Asked by the city.")

    waiting = moderation.submit(rich(LONG_TITLE), submitter=SAM)
    moderation.request_changes(waiting, by=moderator, note="In which city?\n\nAnd since when?")
    moderation.resubmit(waiting, rich(LONG_TITLE, countries=[factories.country("MA")]))
    moderation.say(waiting, "See https://example.org/" + "long/" * 30)
    free = moderation.submit(rich("Kampala for everybody"), submitter=theirs)
    held = moderation.submit(rich(ARABIC, language="ar"), submitter=moderation.Submitter())
    moderation.hold(held, by=colleague)
    mine = moderation.submit(rich("In my hands"), submitter=SAM)
    moderation.hold(mine, by=moderator)
    in_conflict = correction(entry, title="Kampala for Everybody", summary="Other words.", keywords=["boats"])
    moderation.approve(correction(entry, summary="Words of a third.", submitter=SAM), by=moderator)

    french = TranslatedTexts(LONG, LONG * 3, made_by="machine", original=texts_digest(read(long.public)))
    new_translation = correction(long, translations={"fr": french}, submitter=SAM)
    changed = TranslatedTexts("Kampala pour toutes et tous", "La ville ouvre ses portes.")
    changed_translation = correction(Initiative.objects.get(pk=entry.pk), translations=said | {"fr": changed})

    tracked = {"waiting for review": waiting, "changes requested": factories.submission("Asked", submitter=theirs)}
    moderation.request_changes(tracked["changes requested"], by=moderator, note="In which city is it?")
    tracked["rejected"] = factories.submission("Rejected", submitter=SAM)
    moderation.reject(tracked["rejected"], by=moderator, note="It is not about migration.")
    tracked["published"] = factories.submission("Published", submitter=SAM)
    moderation.approve(tracked["published"], by=moderator, note="Well told.")
    tracked["withdrawn"] = factories.submission("Withdrawn", submitter=SAM)
    moderation.withdraw(tracked["withdrawn"])
    claimed = claim(entry, "We run it: https://example.org/", member=member)
    tracked["claim"] = claimed

    draft = Draft.objects.create(
        member=member, answers={"title": ["Half a title"], "cities": ["Nowhere", ""], "links-0-url": ["half an addr"]}
    )
    return Filled(
        member=member,
        moderator=moderator,
        entry=Initiative.objects.get(pk=entry.pk),
        long=long,
        other=other,
        gone=gone,
        draft=draft,
        waiting=waiting,
        confirmation=confirmation_value(waiting),
        tracked=tracked,
        desk={
            "new entry, free": free,
            "new entry, held by somebody else": held,
            "new entry, in my hands": mine,
            "correction in conflict": in_conflict,
            "translation, new": new_translation,
            "translation, changed": changed_translation,
            "claim": claimed,
            "report": report(long, "The link is dead.\n\n" + LONG),
            "decided": tracked["rejected"],
        },
    )


def published(content: Content, submitter: moderation.Submitter | None = None) -> Initiative:
    """Publish an entry."""
    entry = moderation.install(content, submitter=submitter or moderation.Submitter())
    return Initiative.objects.get(pk=entry.pk)
