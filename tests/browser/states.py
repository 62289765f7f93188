"""Every kind of page in every state, which the tests look at in a few looks and `make drill-abilities` in all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.filled import ARABIC, Filled

PASSWORD = "correct horse battery"
Act = Callable[[Page], None]


@dataclass(frozen=True)
class State:
    """A page, and what is done on it before it is looked at, by whatever language it is in.

    Attributes:
        kind, name: what kind of page, and which state of it.
        path: its address without a language.
        act: what is done there.
        email: of whoever is signed in; nobody without one.
    """

    kind: str
    name: str
    path: str
    act: Act | None = None
    email: str = ""


# ---- What is done on a page ------------------------------------------------


def _open_all(page: Page) -> None:
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")


def _open_menu(page: Page) -> None:
    page.evaluate("document.querySelector('.menu').open = true")


def _press(selector: str, **filled: str) -> Act:
    """Fill boxes in (by id), then press a button that answers with another page."""

    def press(page: Page) -> None:
        # What the browser itself would refuse is to be told by the page.
        page.evaluate("for (const form of document.forms) form.noValidate = true")
        for box, words in filled.items():
            page.locator(f"#{box}").fill(words)
        with page.expect_navigation():
            page.locator(selector).first.click()

    return press


_send = _press("main form .primary")


def _mistakes(page: Page) -> None:
    for lines in ("organisations", "cities"):
        page.locator(f'button[value="{lines}"]').click()
    page.locator("#id_organisations-0-name").fill("Half a line")
    _press("main form .actions .primary", id_countries_0="Atlantis", id_start_year="1")(page)
    _open_all(page)


def _look_alikes(page: Page) -> None:
    page.locator("#id_title").fill("Kampala for All")
    page.locator("#id_countries_0").fill("Uganda")
    page.locator(".alike-hint summary").click()


def _keys(page: Page) -> None:
    page.locator("[data-open-keys]").click()


def _add_to_shortlist(page: Page) -> None:
    page.locator("button[data-shortlist]").first.click()


# ---- The pages -------------------------------------------------------------


def reading(it: Filled) -> Iterator[State]:
    """What visitors read."""
    entry, long = it.entry.get_absolute_url(), it.long.get_absolute_url()
    two = f"id={it.entry.slug}&id={it.long.slug}"
    yield State("home", "full", "/", _open_all)
    yield State("home", "with its menu open", "/", _open_menu)
    narrowed = "/initiatives/?theme=diaspora&country=UG&year_from=2001&sort=title"
    yield State("list", "all filters open", narrowed, _open_all)
    yield State("list", "nothing found, another word offered", "/initiatives/?q=kampalla+nothing")
    yield State("list", "full, one on the shortlist", "/initiatives/", _add_to_shortlist)
    yield State("list", "its last page", "/initiatives/?page=2")
    yield State("list", "words found and marked", "/initiatives/?q=schools")
    yield State(
        "list", "filters that make no sense", "/initiatives/?theme=x&year_from=2020&year_to=x1&sort=y", _open_all
    )
    yield State("list", "no such page", "/initiatives/?page=99")
    yield State("map", "full", "/initiatives/map/")
    yield State("map", "nothing found", "/initiatives/map/?q=nothing-like-it")
    yield State("coverage", "objectives", "/initiatives/coverage/")
    yield State("coverage", "themes", "/initiatives/coverage/?by=themes")
    yield State("statistics", "full", "/initiatives/statistics/")
    yield State("statistics", "nothing found", "/initiatives/statistics/?q=nothing-like-it")
    yield State("entry", "long words", long)
    yield State("entry", "everything said", entry)
    yield State("entry", "in the words of the original", f"{entry}?text=original")
    yield State("entry", "little said", it.other.get_absolute_url())
    yield State("entry", "taken off", it.gone.get_absolute_url())
    yield State("history", "two compared", f"{entry}history/compare/?old=1&new=3")
    yield State("history", "of many versions", f"{entry}history/")
    yield State("history", "of one version", f"{long}history/")
    yield State("history", "no two to compare", f"{entry}history/compare/?old=1&new=1")
    yield State("history", "an old version", f"{entry}history/1/")
    yield State("themes", "all", "/themes/")
    yield State("landing page", "of a country", "/countries/UG/")
    yield State("landing page", "of a theme that is empty", "/themes/empty/")
    yield State("landing page", "of a theme", "/themes/diaspora/")
    yield State("landing page", "of a channel", "/channels/call/")
    yield State("landing page", "of a city", f"/cities/{it.entry.public.cities.get().slug}/")
    yield State("compare", "two", f"/compare/?{two}")
    yield State("compare", "none", "/compare/?id=nothing")
    yield State("shortlist", "two", f"/shortlist/?{two}")
    yield State("shortlist", "none", "/shortlist/")
    for name in ("about/moderation", "about", "about/submitting", "about/data", "about/privacy", "accessibility"):
        yield State("about", name, f"/{name}/", _open_all)
    yield State("error", "no connection", "/offline/")
    for name in ("404", "500", "400", "403", "403_csrf"):
        yield State("error", name, f"/styleguide/{name}/")


def writing(it: Filled) -> Iterator[State]:
    """What people write on, with an account and without."""
    entry, long, tracking = it.entry.get_absolute_url(), it.long.get_absolute_url(), it.waiting.tracking_url
    signed_in = {"email": it.member.email}
    yield State("form", "with mistakes and lines added", "/submit/", _mistakes)
    yield State("form", "something looks the same", "/submit/", _look_alikes)
    yield State("form", "empty", "/submit/")
    yield State("form", "all of it open", "/submit/", _open_all)
    yield State("form", "of a change, with a question", it.tracked["changes requested"].edit_url, _open_all)
    yield State("form", "of a draft, as a member", it.draft.edit_url, _open_all, **signed_in)
    yield State("form", "of a correction", f"{long}correct/", _open_all)
    yield State("form", "of a correction that changes nothing", f"{long}correct/", _send)
    yield State("form", "of a translation, with mistakes", f"{long}translate/fr/", _send)
    yield State("form", "of a translation that is there", f"{entry}translate/ar/")
    yield State("preview", "of a change", it.waiting.edit_url, _press("button[name=preview]"))
    yield State("preview", "of a correction", f"{long}correct/", _press("button[name=preview]", id_title=ARABIC))
    yield State("tracking", "an empty message", tracking, _press("main form.brief button"))
    yield State("tracking", "draft", it.draft.tracking_url)
    for name, submission in it.tracked.items():
        yield State("tracking", name, submission.tracking_url)
    yield State("question", "take it back?", f"{tracking}withdraw/")
    yield State("question", "throw it away?", f"{it.draft.tracking_url}discard/")
    yield State("question", "is it your address?", f"/submissions/confirm/{it.confirmation}/")
    yield State("question", "an old link", "/submissions/confirm/nothing/")
    yield State("request", "a report with mistakes", f"{long}report/", _send)
    yield State("request", "a claim", f"{long}claim/", **signed_in)
    yield State("request", "a report", f"{long}report/")
    yield State("request", "a claim with a mistake", f"{long}claim/", _send, **signed_in)
    yield State("request", "a claim made already", f"{entry}claim/", **signed_in)
    yield State("my submissions", "full", "/accounts/submissions/", **signed_in)
    yield State("my submissions", "none", "/accounts/submissions/", email=it.moderator.email)
    yield from _accounts(signed_in)


def _accounts(signed_in: dict[str, str]) -> Iterator[State]:
    wrong = {"id_login": "nobody@example.org", "id_password": "wrong"}
    yield State("sign in", "refused", "/accounts/login/", _press("main form .primary", **wrong))
    weak = {"id_email": "sam@example.org", "id_password1": "12345"}
    yield State(
        "sign in", "no account yet, a weak password", "/accounts/signup/", _press("main form .primary", **weak)
    )
    yield State("sign in", "empty", "/accounts/login/")
    yield State("sign in", "no account yet", "/accounts/signup/")
    yield State("sign in", "password forgotten", "/accounts/password/reset/")
    yield State("account", "e-mail addresses", "/accounts/email/", **signed_in)
    yield State("account", "password to be changed", "/accounts/password/change/", **signed_in)
    yield State("account", "sign out?", "/accounts/logout/", **signed_in)
    yield State("error", "not for this account", "/moderation/", **signed_in)


def desk(it: Filled) -> Iterator[State]:
    """What moderators work with."""
    at_desk = {"email": it.moderator.email}
    entry, free = it.entry.get_absolute_url(), it.desk["new entry, free"]
    bulk = f"/moderation/bulk/?submission={free.pk}-{free.revision_id}-0"
    merge = f"/moderation/merge/?loser={it.long.slug}"
    yield State("queue", "full, all of it open", "/moderation/", _open_all, **at_desk)
    yield State("queue", "nothing found", "/moderation/?country=CR&kind=report", **at_desk)
    yield State("queue", "the keys", "/moderation/", _keys, **at_desk)
    yield State("queue", "decided", "/moderation/?state=decided", **at_desk)
    yield State("queue", "no such list", "/moderation/?state=nothing", **at_desk)
    conflict, refused = f"/moderation/{it.desk['correction in conflict'].pk}/", f"/moderation/{free.pk}/"
    yield State("review", "correction in conflict", conflict, _open_all, **at_desk)
    yield State("review", "no note", refused, _press("button[name=decision][value=reject]"), **at_desk)
    yield State("review", "an empty message", refused, _press("form.say button"), **at_desk)
    yield State("review", "the keys", refused, _keys, **at_desk)
    for name, submission in it.desk.items():
        yield State("review", name, f"/moderation/{submission.pk}/", _open_all, **at_desk)
    yield State("undo", "opened again", f"/moderation/{it.desk['decided'].pk}/undo/reopen/", **at_desk)
    yield State("undo", "taken off", f"/moderation/{it.tracked['published'].pk}/undo/unpublish/", _send, **at_desk)
    yield State("bulk", "one", bulk, **at_desk)
    yield State("bulk", "no note", bulk, _press("main form .danger"), **at_desk)
    yield State("merge", "into which?", f"{merge}&q=kampala", **at_desk)
    yield State("merge", "part by part", f"{merge}&into={it.entry.slug}", **at_desk)
    yield State("merge", "to be chosen", "/moderation/merge/", **at_desk)
    look = _press(".actions button[name=preview]")
    yield State("merge", "looked at", f"{merge}&into={it.entry.slug}", look, **at_desk)
    yield State("restore", "an earlier version", f"/moderation/restore/{it.entry.slug}/1/", **at_desk)
    yield State("restore", "no reason", f"/moderation/restore/{it.entry.slug}/1/", _send, **at_desk)
    yield State("entry", "with its history, for moderators", f"{entry}history/", **at_desk)


def one_of_each(it: Filled) -> Iterator[State]:
    """Of each kind of page the first state: a cross-section."""
    seen = set[str]()
    for state in every(it):
        if state.kind not in seen:
            seen.add(state.kind)
            yield state


def every(it: Filled) -> Iterator[State]:
    """Every state of every kind of page."""
    yield from reading(it)
    yield from writing(it)
    yield from desk(it)
