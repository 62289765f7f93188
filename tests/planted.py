"""Secrets in every place there is: what nobody has approved, and what is known of people."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from accounts.models import User
from initiatives import moderation
from initiatives.content import Listing, NamedOrganisation, Source, read
from initiatives.models import Draft, Initiative, Submission, Upload
from initiatives.moderation import Submitter
from tests import factories

#: In every secret.
MARKER = "zqxsecret"
PARTS = ["title", "summary", "does", "works", "results", "reuse", "note", "keyword", "org", "edition", "label"]


def secret_content(kind: str, **values: Any) -> Any:
    """Make a content of which every word is secret."""
    part = {name: f"{MARKER}{kind}{name}" for name in PARTS}
    return factories.content(
        part["title"],
        **{
            "summary": f"{part['summary']} summary",
            "what_it_does": part["does"],
            "how_it_works": part["works"],
            "results": part["results"],
            "reusable": part["reuse"],
            "change_note": part["note"],
            "keywords": [part["keyword"], "boats"],
            "organisations": [NamedOrganisation(part["org"], "academia", "lead")],
            "themes": [factories.theme("hills"), factories.theme("sea")],
            "countries": [factories.country("MA"), factories.country("UG")],
            "listings": [Listing(factories.channel("states"), part["edition"], f"https://{MARKER}.example/")],
            "objectives": [factories.objective("sdg-10")],
            "links": [Source(f"https://{MARKER}.example/{kind}", part["label"])],
            "picture": factories.upload(name=f"{MARKER}{kind}.jpg"),
            "picture_alt": f"{MARKER}{kind}alt",
            "picture_credit": f"{MARKER}{kind}credit",
            "documents": [factories.document(f"{MARKER}{kind}document", name=f"{MARKER}{kind}.pdf")],
            "start_year": 2030,
            "stage": "planned",
        }
        | values,
    )


def plant() -> list[str]:
    """Plant secrets in every place there is, beside one public entry; return the strings that no page may hold."""
    ada = factories.moderator(name=f"{MARKER}moderator")
    owner = factories.person(f"{MARKER}account@example.org", name=f"{MARKER}account")
    someone = Submitter(
        member=owner,
        name=f"{MARKER}name",
        email=f"{MARKER}mail@example.org",
        organisation=f"{MARKER}submitterorg",
        is_verified=True,
    )
    hidden = factories.city(f"{MARKER}ville", "MA", slug="hidden-ville")
    factories.city(f"{MARKER}ville", "MA", slug="unused-ville")

    public = factories.submission(
        "Public",
        submitter=someone,
        themes=[factories.theme("sea")],
        listings=[Listing(factories.channel("mayors"))],
        cities=[factories.city("Kampala", slug="kampala")],
        objectives=[factories.objective("gcm-15")],
        organisations=[NamedOrganisation("Union", "diaspora", "lead")],
        keywords=["boats"],
        start_year=2020,
        stage="completed",
        picture=factories.upload(),
        picture_alt="A market.",
        documents=[factories.document()],
    )
    moderation.approve(public, by=ada, note=f"{MARKER}approvalnote")

    sent = {
        kind: moderation.submit(secret_content(kind, cities=[hidden]), submitter=someone)
        for kind in ["submitted", "changed", "rejected", "withdrawn", "resubmitted"]
    }
    moderation.request_changes(sent["changed"], by=ada, note=f"{MARKER}changesnote")
    moderation.reject(sent["rejected"], by=ada, note=f"{MARKER}rejectionnote")
    moderation.withdraw(sent["withdrawn"])
    moderation.resubmit(sent["resubmitted"], secret_content("again"))
    public.refresh_from_db()
    _plant_around(public.initiative, someone, ada)
    moderation.say(public, f"{MARKER}question", by=ada, as_moderator=True)
    moderation.say(sent["submitted"], f"{MARKER}answer")
    words = {"title": [f"{MARKER}drafttitle"], "email": [f"{MARKER}draft@example.org"], "cities": [f"{MARKER}ville"]}
    for member in (owner, None):
        Draft.objects.create(answers=words, member=member)
    tracked = [*Submission.objects.all(), *Draft.objects.all()]
    private = [value for each in tracked for value in (each.token, each.seed, each.token_hash)]
    private += Upload.objects.filter(name__startswith=MARKER).values_list("key", flat=True)
    return [MARKER, *map(str, private)]


def _plant_around(entry: Initiative, someone: Submitter, ada: User) -> None:
    """Plant secrets in all that is said about a public entry, and in entries that were public once."""
    approved = moderation.submit(
        replace(read(entry.public), results="Seen.", change_note="Counted."), submitter=someone, base=entry.public
    )
    moderation.approve(approved, by=ada, note=f"{MARKER}approvalnote")
    entry.refresh_from_db()
    for kind in ("pending", "refused", "asked"):
        correction = moderation.submit(secret_content(kind), submitter=someone, base=entry.public)
        if kind == "refused":
            moderation.reject(correction, by=ada, note=f"{MARKER}refusalnote")
        if kind == "asked":
            moderation.request_changes(correction, by=ada, note=f"{MARKER}askednote")
            moderation.say(correction, f"{MARKER}answer")
    for ask in (moderation.claim, moderation.report):
        waits = ask(entry, f"{MARKER}{ask.__name__}text", submitter=someone)
        moderation.say(waits, f"{MARKER}moderatorsays", by=ada, as_moderator=True)
        refused = ask(entry, f"{MARKER}{ask.__name__}again", submitter=someone)
        moderation.reject(refused, by=ada, note=f"{MARKER}refusalnote")
    for title in ("Gone", "Merged"):
        once = moderation.submit(replace(secret_content(title.lower()), title=title), submitter=someone)
        moderation.approve(once, by=ada)
        once.refresh_from_db()
        if title == "Gone":
            moderation.unpublish(once.initiative, by=ada, reason="Its city asked us to.")
        else:
            moderation.merge(once.initiative, entry, read(entry.public), by=ada, public_id=entry.current_id)
