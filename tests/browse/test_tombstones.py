"""What was taken off: its address tells so, or leads to what it was merged into, and nothing lists it."""

import pytest
from django.urls import reverse

from initiatives import moderation
from initiatives.content import Listing, NamedOrganisation, read
from initiatives.models import Initiative
from tests import factories
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db
PAGES = ["entry", "history", "compare"]


def addresses(entry):
    """Return every address about an entry."""
    own = [reverse(f"browse:{name}", args=[entry.slug]) for name in PAGES]
    asking = [reverse(f"submit:{name}", args=[entry.slug]) for name in ("correct", "claim", "report")]
    return [*own, reverse("browse:version", args=[entry.slug, 1]), *asking]


def rich(title, slug):
    """Publish an entry that has something of everything that is listed anywhere."""
    return factories.initiative(
        title,
        summary=f"Summary of {slug}",
        themes=[factories.theme(f"theme-{slug}", f"Theme {slug}")],
        keywords=[f"keyword-{slug}"],
        listings=[Listing(factories.channel(f"channel-{slug}", f"Channel {slug}"))],
        cities=[factories.city(f"Ville {slug}", "MA" if slug == "gone" else "UG", slug=f"ville-{slug}")],
        objectives=[factories.objective("sdg-10" if slug == "gone" else "gcm-15")],
        organisations=[NamedOrganisation(f"Club {slug}", "academia" if slug == "gone" else "diaspora", "lead")],
        stage="planned" if slug == "gone" else "ongoing",
        start_year=2001 if slug == "gone" else 2020,
    )


def merge(loser, into, moderator, note=""):
    loser, into = (Initiative.objects.get(pk=each.pk) for each in (loser, into))
    moderation.merge(loser, into, read(into.public), by=moderator, public_id=into.current_id, note=note)


def test_the_address_of_what_was_taken_off_tells_when_and_why_and_nothing_else(moderator):
    entry = rich("Kampala for All", "gone")
    moderation.unpublish(entry, by=moderator, reason="The city asked us to.")
    for address in addresses(entry):
        page = Visitor().open(address)
        assert page.status == 410
        assert page.h1 == "Kampala for All"
        assert "The city asked us to." in page.main
        assert "A moderator took this entry off the catalogue on" in page.main
        assert 'name="robots" content="noindex"' in page.html
        assert "Summary of gone" not in page.html
        assert "gone" not in page.main
        assert page.link("All initiatives") == "/initiatives/"


#: What is typed into each form about an entry, and the button that sends it.
TYPED = {
    "correct": ("Submit for review", {"title": "Kampala for Everyone", "change_note": "It was renamed."}),
    "claim": ("Ask for it", {"text": "I lead the project."}),
    "report": ("Send the report", {"problem": "link", "text": "It is broken."}),
}


def test_what_was_typed_into_a_form_is_not_sent_and_not_lost_when_the_entry_goes_meanwhile(
    moderator, member_client, subtests
):
    heir = factories.initiative("Heir")
    mona = Visitor(member_client)
    for name, (button, typed) in TYPED.items():
        with subtests.test(name):
            entry = factories.initiative("Kampala", summary="Summary of gone")
            form = mona.open(reverse(f"submit:{name}", args=[entry.slug]))
            moderation.unpublish(entry, by=moderator, reason="The city asked us to.")
            page = form.press(button, **typed)
            assert page.status == 410
            assert "This entry is no longer in the catalogue." in page.main
            assert {field: page.form[field] for field in typed} == typed
            moderation.republish(entry, by=moderator)
            merge(entry, heir, moderator)
            page = page.press(button)
            assert page.status == 410 and "merged into “Heir”" in page.main
            assert page.link("Heir (opens in a new window)") == heir.get_absolute_url()
            assert {field: page.form[field] for field in typed} == typed
            # Who types nothing reads nothing of what is not public any more.
            empty = member_client.post(reverse(f"submit:{name}", args=[entry.slug]))
            assert empty.status_code == 410 and b"Summary of gone" not in empty.content
            assert entry.submissions.count() == 1


def test_what_was_merged_leads_to_the_entry_that_has_it_now(client, moderator):
    first, second, third = (factories.initiative(name) for name in ("First", "Second", "Third"))
    merge(first, second, moderator)
    merge(second, third, moderator)
    for address in addresses(first):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, third.get_absolute_url())
        # It can be undone, so no browser may remember it for ever.
        assert answer["Cache-Control"] == "max-age=3600" or "no-store" in answer["Cache-Control"]
    moderation.unpublish(Initiative.objects.get(pk=third.pk), by=moderator, reason="All three were wrong.")
    page = Visitor().open(first.get_absolute_url())
    assert (page.status, page.h1) == (410, "Third")


def test_a_chain_that_bites_its_tail_ends(moderator):
    first, second = factories.initiative("First"), factories.initiative("Second")
    merge(first, second, moderator)
    moderation.unpublish(Initiative.objects.get(pk=second.pk), by=moderator, reason="Wrong.")
    Initiative.objects.filter(pk=second.pk).update(merged_into=first)
    assert Visitor().client.get(first.get_absolute_url()).status_code == 301


def test_what_is_put_back_is_there_again(moderator):
    entry = factories.initiative("Kampala")
    moderation.unpublish(entry, by=moderator, reason="A mistake.")
    moderation.republish(entry, by=moderator)
    assert Visitor().open(entry.get_absolute_url()).status == 200


LISTS = [
    "/",
    "/initiatives/",
    "/initiatives/?sort=title",
    "/initiatives/?q=summary",
    "/initiatives/?all=keyword",
    "/themes/",
    "/themes/theme-gone/",
    "/channels/channel-gone/",
    "/countries/MA/",
    "/cities/ville-gone/",
    "/feeds/initiatives.atom",
    "/themes/theme-gone/feed.atom",
    "/channels/channel-gone/feed.atom",
    "/countries/MA/feed.atom",
    "/cities/ville-gone/feed.atom",
]


@pytest.mark.parametrize("how", ["unpublished", "merged"])
def test_no_list_feed_or_count_has_what_was_taken_off(client, moderator, how):
    rich("Stays", "here")
    before = {address: client.get(address).content for address in LISTS[:7]}
    entry = rich("Kampala for All", "gone")
    assert all(b"Kampala for All" in client.get(address).content for address in LISTS if address != "/themes/")
    if how == "merged":
        merge(entry, Initiative.objects.get(slug="stays"), moderator)
    else:
        moderation.unpublish(entry, by=moderator, reason="The city asked us to.")
    for address in LISTS:
        answer = client.get(address)
        assert answer.status_code == 200
        assert b"Kampala for All" not in answer.content, address
    page = client.get("/initiatives/").content.decode()
    for word in ("Theme gone", "keyword-gone", "Channel gone", "Ville gone", "Morocco", "Academia", "Planned", "2001"):
        assert word not in page
    # The vocabulary itself is public; apart from it every list is as if the entry had never been.
    for address in (
        "/initiatives/",
        "/initiatives/?sort=title",
        "/initiatives/?q=summary",
        "/initiatives/?all=keyword",
    ):
        assert without_tokens(client.get(address).content) == without_tokens(before[address])
    assert b"1 initiative" in client.get("/initiatives/").content
    assert "Morocco" not in client.get("/").content.decode()
    assert "keyword-gone” of" in client.get("/initiatives/?keyword=keyword-gone").content.decode()


def without_tokens(content):
    return [line for line in content.decode().splitlines() if "csrf" not in line]
