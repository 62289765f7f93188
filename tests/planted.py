"""A catalogue full of secrets: a word or a key in every private field there is, beside one public entry.

A new model or field fails a test of tests/test_leaks.py until something is planted in it here, or until it is named
among what is public.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.core import mail
from django.core.mail import EmailMessage
from django.db import models
from django.test import Client, TestCase

from initiatives import moderation
from initiatives.content import Content, Listing, NamedOrganisation, Source, TranslatedTexts, read
from initiatives.models import TEXTS, Draft, Initiative, SavedReply, Submission, Upload
from initiatives.moderation import Submitter
from tests import factories
from tests.logbook import logbook
from tests.submit.answers import post
from tests.visitor import Visitor

#: Every secret word begins so; what follows says whose it is: its kind, and the part of that.
MARKER = "zqxsecret"
PARTS = ["title", "summary", "does", "works", "results", "reuse", "note", "keyword", "org", "edition", "label"]
#: From where everybody comes who asks or sends something.
IP = "203.0.113.77"

#: The fields in which words can stand, and the models in which people write.
WRITTEN = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField)
WRITTEN += (models.GenericIPAddressField,)
APPS = ("initiatives", "accounts", "account")
#: What administrators write for everybody, and what is written down of what was approved.
PUBLIC_MODELS = {
    *("initiatives.Theme", "initiatives.Channel", "initiatives.Framework", "initiatives.Objective"),
    *("initiatives.Declaration", "initiatives.Region", "initiatives.Country", "initiatives.City"),
    *("initiatives.CityName", "initiatives.Organisation", "initiatives.SearchDocument"),
    *("initiatives.SearchIndex", "initiatives.SearchTerm"),
    *("initiatives.CatalogueVersion", "initiatives.CatalogueChange"),
    # Not used: the links that confirm an account's address are signed, not stored.
    "account.EmailConfirmation",
}
PUBLIC_FIELDS = {"initiatives.Initiative.slug", "initiatives.Initiative.withdrawal_reason"}
# The language that somebody reads.
PUBLIC_FIELDS |= {"initiatives.Submission.reader_language", "initiatives.Draft.reader_language"}
# Of no meaning to anybody: a page's own random name as a hash, how wide a picture is, what a file adds up to.
PUBLIC_FIELDS |= {"initiatives.Revision.language", "initiatives.Draft.page"}
PUBLIC_FIELDS |= {"initiatives.Translation.language", "initiatives.Translation.original"}
PUBLIC_FIELDS |= {"initiatives.Upload.widths", "initiatives.Upload.digest"}
#: No words, but what opens something. Nobody is ever shown one that is not theirs, moderators neither.
KEYS = {"seed", "token_hash", "password", "key"}


@dataclass
class Planted:
    """What was planted.

    Attributes:
        keys: every key of anybody, and of every file that is not public.
        files: those of files, which whoever sent one knows, and whoever moderates.
        holders: of whom the walk knows the tracking link: an anonymous submission.
        account, moderator: the addresses of two people who have accounts.
        mails: what was sent meanwhile.
        log: what was logged meanwhile.
    """

    keys: list[str]
    files: list[str]
    holders: Submission
    account: str
    moderator: str
    mails: list[EmailMessage]
    log: str

    def found_in(self, text: str, *, known: Collection[str] = (), keys: Collection[str] = ()) -> list[str]:
        """Return the secrets that a text tells, but for words of the kinds in `known`, and for `keys`."""
        text = text.lower()
        words = {word.removeprefix(MARKER) for word in re.findall(rf"{MARKER}[a-z]*", text)}
        told = {word for word in words if not word.startswith(tuple(known) or "\0")}
        return sorted(told | {key for key in [*self.keys, IP] if key in text and key not in keys})


def secret_content(kind: str, **values: Any) -> Content:
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
            "listings": [Listing(factories.channel("states"), part["edition"], f"https://{MARKER}{kind}.example/")],
            "objectives": [factories.objective("sdg-10")],
            "links": [Source(f"https://{MARKER}{kind}.example/", part["label"])],
            "picture": factories.upload(name=f"{MARKER}{kind}.jpg"),
            "picture_alt": f"{MARKER}{kind}alt",
            "picture_credit": f"{MARKER}{kind}credit",
            "documents": [factories.document(f"{MARKER}{kind}document", name=f"{MARKER}{kind}.pdf")],
            "translations": {"fr": TranslatedTexts(**dict.fromkeys(TEXTS, f"{MARKER}{kind}french summary"))},
            "start_year": 2030,
            "stage": "planned",
        }
        | values,
    )


def plant() -> Planted:
    """Write everything, each thing through the code that the site writes it with."""
    mail.outbox.clear()
    gardener = _Gardener()
    with logbook() as log, TestCase.captureOnCommitCallbacks(execute=True):
        holders = gardener.plant()
    files = [*Upload.objects.filter(name__startswith=MARKER).values_list("key", flat=True)]
    return Planted(
        keys=[*_keys(), *files],
        files=files,
        holders=holders,
        account=gardener.owner.email,
        moderator=gardener.ada.email,
        mails=list(mail.outbox),
        log=log.getvalue(),
    )


class _Gardener:
    def __init__(self) -> None:
        self.ada = factories.moderator(f"{MARKER}desk@example.org", name=f"{MARKER}moderator")
        self.owner = factories.person(f"{MARKER}account@example.org", name=f"{MARKER}account")
        self.someone = Submitter(
            member=self.owner,
            name=f"{MARKER}name",
            email=f"{MARKER}mail@example.org",
            organisation=f"{MARKER}submitterorg",
            is_verified=True,
        )
        self.anonymous = Submitter(
            name=f"{MARKER}zoename", email=f"{MARKER}zoemail@example.org", organisation=f"{MARKER}zoeorg"
        )

    def plant(self) -> Submission:
        """Plant everything; return what the holder of a tracking link sent."""
        public = self._public()
        self._waiting()
        self._around(public)
        self._gone(public)
        holders = moderation.submit(secret_content("zoe"), submitter=self.anonymous)
        moderation.say(holders, f"{MARKER}zoeasked", by=self.ada, as_moderator=True)
        moderation.say(holders, f"{MARKER}zoeanswer")
        self._unsent(public)
        SavedReply.objects.create(title=f"{MARKER}replytitle", text=f"{MARKER}replytext")
        self._sent_from_a_browser()
        return holders

    def _public(self) -> Initiative:
        """One entry that is public, in two versions."""
        sent = factories.submission(
            "Public",
            submitter=self.someone,
            themes=[factories.theme("sea")],
            listings=[Listing(factories.channel("mayors"))],
            cities=[factories.city("Kampala", slug="kampala")],
            objectives=[factories.objective("gcm-15")],
            organisations=[NamedOrganisation("Union", "diaspora", "lead")],
            keywords=["boats"],
            start_year=2020,
            stage="completed",
            # The files are public, and what their sender called them is not.
            picture=factories.upload(name=f"my-{MARKER}picture.jpg"),
            picture_alt="A market.",
            documents=[factories.document(name=f"my-{MARKER}report.pdf")],
        )
        moderation.approve(sent, by=self.ada, note=f"{MARKER}approvalnote")
        entry = Initiative.objects.get(pk=sent.initiative_id)
        better = replace(read(entry.public), results="Seen.", change_note="Counted.")
        correction = moderation.submit(better, submitter=self.someone, base=entry.public)
        moderation.approve(correction, by=self.ada, note=f"{MARKER}approvalnote")
        return Initiative.objects.get(pk=entry.pk)

    def _waiting(self) -> None:
        """Entries that wait, or were refused or taken back."""
        hidden = factories.city(f"{MARKER}ville", "MA", slug="hidden-ville")
        factories.city(f"{MARKER}ville", "MA", slug="unused-ville")
        sent = {
            kind: moderation.submit(secret_content(kind, cities=[hidden]), submitter=self.someone)
            for kind in ["submitted", "changed", "rejected", "withdrawn", "resubmitted"]
        }
        moderation.request_changes(sent["changed"], by=self.ada, note=f"{MARKER}changesnote")
        moderation.reject(sent["rejected"], by=self.ada, note=f"{MARKER}rejectionnote")
        moderation.withdraw(sent["withdrawn"])
        moderation.resubmit(sent["resubmitted"], secret_content("again"))

    def _around(self, entry: Initiative) -> None:
        """Corrections, claims and reports, waiting, refused, and with their sender; and who owns it."""
        for kind in ("pending", "refused", "asked"):
            correction = moderation.submit(secret_content(kind), submitter=self.someone, base=entry.public)
            if kind == "refused":
                moderation.reject(correction, by=self.ada, note=f"{MARKER}refusalnote")
            if kind == "asked":
                moderation.request_changes(correction, by=self.ada, note=f"{MARKER}askednote")
                moderation.say(correction, f"{MARKER}answer", by=self.owner)
        for ask in (moderation.claim, moderation.report):
            waits = ask(entry, f"{MARKER}{ask.__name__}text", submitter=self.someone)
            moderation.say(waits, f"{MARKER}question", by=self.ada, as_moderator=True)
            refused = ask(entry, f"{MARKER}{ask.__name__}again", submitter=self.someone)
            moderation.reject(refused, by=self.ada, note=f"{MARKER}refusalnote")
        granted = moderation.claim(entry, f"{MARKER}claimgranted", submitter=self.someone)
        moderation.accept(granted, by=self.ada, note=f"{MARKER}grantnote")

    def _gone(self, entry: Initiative) -> None:
        """An entry that was taken off, and one that was merged into the public one."""
        for title in ("Gone", "Merged"):
            sent = moderation.submit(replace(secret_content(title.lower()), title=title), submitter=self.someone)
            moderation.approve(sent, by=self.ada)
            once = Initiative.objects.get(pk=sent.initiative_id)
            if title == "Gone":
                moderation.unpublish(once, by=self.ada, reason="Its city asked us to.")
            else:
                into = Initiative.objects.get(pk=entry.pk)
                moderation.merge(once, into, read(into.public), by=self.ada, public_id=into.current_id or 0)

    def _unsent(self, entry: Initiative) -> None:
        """Drafts of a new entry and of a correction, by a member and by nobody in particular."""
        names = ("title", "summary", "name", "email", "organisation", "cities")
        answers = {name: [f"{MARKER}draft{name}"] for name in names}
        Draft.objects.create(member=self.owner, answers=answers)
        Draft.objects.create(base=entry.public, answers=answers | {"email": [f"{MARKER}draft@example.org"]})

    def _sent_from_a_browser(self) -> None:
        """An entry that came as most do."""
        words = {name: f"{MARKER}web{name}" for name in ("title", "summary", "what_it_does", "name", "organisation")}
        email = f"{MARKER}webmail@example.org"
        page = post(Visitor(Client(REMOTE_ADDR=IP)), themes=["sea"], email=email, **words)
        assert page.status == 200 and "/submissions/" in page.url, page.errors


def private_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Yield every field in which people, or the site, write what is not public."""
    return ((model, name) for model, name in written_fields() if not is_public(model, name))


def written_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Yield every field in which people, or the site, write."""
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, WRITTEN) and not field.choices:
                    yield model, field.name


def is_public(model: type[models.Model], name: str) -> bool:
    """Tell whether what stands in a field is public by what it is."""
    return model._meta.label in PUBLIC_MODELS or f"{model._meta.label}.{name}" in PUBLIC_FIELDS


def values(model: type[models.Model], name: str) -> set[str]:
    """Return what stands in a field, as text."""
    found = model._default_manager.values_list(name, flat=True)
    return {value if isinstance(value, str) else json.dumps(value, default=str) for value in found}


def _keys() -> Iterator[str]:
    for model, name in private_fields():
        if name in KEYS and model is not Upload:
            yield from values(model, name)
    for model in (Submission, Draft):
        yield from (str(each.token) for each in model.objects.all())
