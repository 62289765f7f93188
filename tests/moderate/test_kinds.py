"""The page of each kind of submission: what it shows, and what its decisions do."""

import pytest
from django.urls import reverse

from initiatives import moderation
from initiatives.choices import Status
from initiatives.content import NamedOrganisation
from initiatives.models import Initiative, Revision
from tests import factories
from tests.moderate.desk import SAM, address, at_desk, claim, correction, now, report
from tests.moderate.desk import moderator as a_moderator
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(moderator):
    return at_desk(moderator)


@pytest.fixture
def entry():
    return factories.initiative(
        "Kampala for All",
        summary="It opens ten schools.",
        start_year=2020,
        themes=[factories.theme("sea")],
        countries=[factories.country("UG")],
        objectives=[factories.objective("gcm-15")],
        organisations=[NamedOrganisation("City of Kampala", "local_government", "lead")],
        results="Ten schools.",
    )


def shown(entry):
    return Initiative.objects.get(pk=entry.pk).public


def ticked(page):
    return page.form.all("take")


# ---- Corrections -------------------------------------------------------------

EVERYTHING = {
    "title": "Kampala for Everybody",
    "summary": "It opens twelve schools.",
    "start_year": 2019,
    "organisations": [NamedOrganisation("Kampala Capital City Authority", "local_government", "lead")],
    "change_note": "The report of May says so.",
}


def test_old_and_new_stand_side_by_side_in_every_part_that_changes(ada, entry):
    new = {"themes": [factories.theme("work")], "countries": [factories.country("MA")], "objectives": []}
    page = ada.open(address(correction(entry, **EVERYTHING, **new)))
    assert page.h1 == "Kampala for All"
    for part in ("Title", "Summary", "Countries", "Years", "Themes", "Objectives", "Organisations"):
        assert part in [node.text for node in page.root.walk("label")]
    changed = [node.text for tag in ("del", "ins") for node in page.root.walk(tag)]
    for word in ("ten", "twelve", "2020", "2019", "Uganda", "Morocco", "Sea", "Work", "GCM 15 · Aim 15"):
        assert any(word in each for each in changed), word
    assert "It opens" not in changed
    assert "The report of May says so." in page.main
    assert ticked(page) == ["title", "summary", "countries", "years", "themes", "objectives", "organisations"]


def test_a_moderator_takes_some_parts_and_leaves_others_and_is_told_which(ada, entry):
    page = ada.open(address(correction(entry, **EVERYTHING)))
    page = page.press("Publish what is ticked", take=["summary", "years"], note="Thank you.")
    assert "“Kampala for Everybody”: approved and published. Left as it was: Title, Organisations." in page.main
    assert page.link("Undo") == f"{entry.get_absolute_url()}history/"
    public = shown(entry)
    assert (public.title, public.summary, public.start_year) == ("Kampala for All", "It opens twelve schools.", 2019)
    assert [each.name for each in public.involvements.all()] == ["City of Kampala"]


@pytest.mark.parametrize("take", [["title", "summary"], ["summary"]])
def test_why_something_changed_becomes_public_only_if_the_moderator_wants_it_to(ada, entry, take):
    asked = correction(entry, title="New", summary="Newer.", change_note="Sam was dismissed.")
    page = ada.open(address(asked))
    assert "Public, in the history of the entry" in page.main
    assert page.form["with_note"]
    again = page.press("Publish what is ticked", with_note=False, take=[])
    assert not again.form["with_note"]
    again.press("Publish what is ticked", take=take)
    assert (shown(entry).summary, shown(entry).change_note) == ("Newer.", "")
    assert "dismissed" not in Visitor().open(f"{entry.get_absolute_url()}history/").html
    assert now(asked).revision.change_note == "Sam was dismissed."
    ada.open(address(correction(entry, summary="Newest.", change_note="Counted."))).press("Publish what is ticked")
    assert shown(entry).change_note == "Counted."
    assert "with_note" not in ada.open(address(correction(entry, summary="Last.", change_note=""))).form


def test_nothing_ticked_publishes_nothing(ada, entry):
    asked = correction(entry, title="New")
    page = ada.open(address(asked)).press("Publish what is ticked", take=[])
    assert "Tick what to publish. To publish nothing of it, reject it." in page.errors[0]
    assert ticked(page) == []
    assert now(asked).status == Status.SUBMITTED
    page.press("Reject", note="No.")
    assert now(asked).status == Status.REJECTED


def test_what_was_changed_twice_is_not_ticked_and_takes_a_choice(ada, entry, moderator):
    mine, theirs = correction(entry, title="Mine", results="Twelve."), correction(entry, title="Theirs")
    moderation.approve(theirs, by=moderator)
    page = ada.open(address(mine))
    assert "Somebody else changed the same parts meanwhile." in page.main
    assert page.main.count("In conflict.") == 1
    assert ticked(page) == ["results"]
    page = page.press("Publish what is ticked", take=["title", "results"])
    assert "Some parts were changed twice. Choose, then tick here." in page.errors[0]
    assert ticked(page) == ["title", "results"]
    assert shown(entry).title == "Theirs"
    page.press("Publish what is ticked", settled=True)
    assert (shown(entry).title, shown(entry).results) == ("Mine", "Twelve.")


def test_a_version_published_meanwhile_brings_the_page_back_with_note_and_ticks(ada, entry, moderator):
    asked, other = correction(entry, title="New", results="Twelve."), correction(entry, summary="It opens doors.")
    page = ada.open(address(asked))
    moderation.approve(other, by=moderator)
    page = page.press("Publish what is ticked", take=["results"], note="Thank you.")
    assert "Another version of the entry was published while you were reading." in page.main
    assert (page.form["note"], ticked(page)) == ("Thank you.", ["results"])
    assert shown(entry).results == "Ten schools."
    page.press("Publish what is ticked")
    public = shown(entry)
    assert (public.title, public.summary, public.results) == ("Kampala for All", "It opens doors.", "Twelve.")


def test_a_correction_of_which_nothing_is_left_says_so(ada, entry, moderator):
    asked = correction(entry, title="New")
    moderation.approve(correction(entry, title="New"), by=moderator)
    page = ada.open(address(asked))
    assert "Nothing is left of it" in page.main
    assert page.press("Publish what is ticked").errors
    assert Revision.objects.filter(initiative=entry).approved().count() == 2


def test_a_correction_of_what_was_taken_off_is_not_offered_for_publication(ada, entry, moderator):
    asked = correction(entry, title="New")
    page = ada.open(address(asked))
    moderation.unpublish(entry, by=moderator, reason="Asked by the city.")
    page = page.press("Publish what is ticked")
    assert "The entry was taken off the catalogue. It can be neither corrected nor claimed now." in page.main
    assert "Publish what is ticked" not in page.html
    page.press("Reject", note="It is gone.")
    assert now(asked).status == Status.REJECTED


def test_the_second_of_two_clicks_on_a_part_of_a_correction_is_no_mistake(ada, entry):
    page = ada.open(address(correction(entry, **EVERYTHING)))
    for _ in range(2):
        answer = page.press("Publish what is ticked", take=["summary"])
        assert "was faster" not in answer.main and answer.url == "/moderation/"
    assert Revision.objects.filter(initiative=entry).approved().count() == 2


def test_a_decided_correction_still_shows_what_it_proposed(ada, entry, moderator):
    asked = correction(entry, title="New")
    moderation.approve(asked, by=moderator)
    page = ada.open(address(asked))
    assert [node.text for node in page.root.walk("ins")] == ["Added: New"]
    assert "take" not in page.form
    assert page.link("Restore an earlier version") == f"{entry.get_absolute_url()}history/"


# ---- Claims and reports ------------------------------------------------------


def test_a_claim_shows_why_and_what_else_is_known_of_whoever_makes_it(ada, entry, member):
    asked = claim(entry, "We have run it since 2020.\nSee our page.", member=member)
    mine = factories.initiative("Another of theirs")
    moderation.accept(claim(mine, member=member), by=a_moderator("Ben"))
    factories.submission(
        "A new one", submitter=moderation.Submitter(member=member, email=member.email, is_verified=True)
    )
    page = ada.open(address(asked))
    for shown in (
        "We have run it since 2020. See our page.",
        "They read the mail of mona@example.org. Compare example.org with the address of the initiative.",
        "Entries they own Another of theirs",
        "A new one New entry · Waiting for review",
        "Also open on this entry",
    ):
        assert (shown in page.main) == (shown != "Also open on this entry"), shown
    page.press("Grant the claim")
    assert Initiative.objects.get(pk=entry.pk).owner == member
    page = ada.open(address(asked))
    assert "They are the owner." in page.main
    assert "Granted by Ada" in page.main


def test_a_claim_to_an_entry_that_has_an_owner_says_who_would_lose_it(ada, entry):
    moderation.accept(claim(entry), by=a_moderator("Ben"))
    page = ada.open(address(claim(entry, member=factories.person(name="Omar"))))
    assert "The entry has an owner, Mona, who would lose it." in page.main
    page = page.press("Refuse the claim", note="")
    assert "Say why the claim is refused." in page.error("note")
    page = page.press("Refuse the claim", note="Mona runs it.")
    assert "“Kampala for All”: refused." in page.main


def test_whoever_submitted_an_entry_as_a_member_is_its_owner_at_the_desk_too(ada, entry, member):
    mona = moderation.Submitter(member=member, email=member.email, is_verified=True)
    theirs = factories.initiative("Theirs", submitter=mona)
    page = ada.open(address(correction(theirs, submitter=mona, title="Theirs!")))
    assert "Sent by its owner" in page.main and "Owned by Mona" in page.main
    assert "Entries they own Theirs" in ada.open(address(claim(entry, member=member))).main
    assert "They are the owner." in ada.open(address(claim(theirs, member=member))).main
    # They stay one when a claim to it is granted.
    omar = factories.person(name="Omar")
    moderation.accept(claim(theirs, member=omar), by=a_moderator("Ben"))
    page = ada.open(address(claim(theirs, member=member)))
    assert "They are the owner." in page.main and "The entry has an owner, Omar, who would lose it." in page.main
    assert "Owned by Omar, Mona" in page.main
    page = ada.open(f"{reverse('moderate:merge')}?loser={theirs.slug}&into={entry.slug}")
    for name in ("Omar", "Mona"):
        assert f"{name} owns the entry that goes, and does not become the owner of the one that stays." in page.main


def test_a_claim_of_somebody_who_is_gone_cannot_be_granted(ada, entry):
    asked = claim(entry)
    asked.member.delete()
    page = ada.open(address(asked))
    assert "The account that asked is gone, so nobody can be made the owner." in page.main
    assert "Grant the claim" not in page.html


def test_a_report_leads_to_what_mends_it_and_is_closed_either_way(ada, entry):
    asked, other = report(entry, "The link leads to a shop."), report(entry, "It is wrong.")
    page = ada.open(address(asked))
    assert "The link leads to a shop." in page.main
    assert "Also open on this entry" in page.main
    assert page.link("Take it off the catalogue").endswith("/undo/unpublish/")
    assert page.link("The entry") == entry.get_absolute_url()
    page = page.press("Dealt with", note="Mended, thank you.")
    assert "“Kampala for All”: dealt with." in page.main
    page = ada.open(address(other)).press("No problem found", note="")
    assert "Say what you found." in page.error("note")
    page.press("No problem found", note="The link works.")
    assert (now(asked).status, now(other).status) == (Status.ACCEPTED, Status.REJECTED)
    assert Initiative.objects.published().get() == entry


# ---- One line of time, and the conversation ------------------------------------


def test_decisions_and_conversation_stand_in_one_line_of_time(ada, moderator):
    asked = factories.submission("Kampala for All", submitter=SAM)
    moderation.say(asked, "I forgot the year.")
    moderation.request_changes(asked, by=moderator, note="Which year?")
    moderation.say(asked, "2020.")
    page = ada.open(address(asked))
    line = " | ".join(node.text for node in page.root.walk("li") if any(node.walk("time")))
    places = [line.index(each) for each in ("Submitted", "I forgot the year.", "Which year?", "2020.", "Answered")]
    assert places[:3] == sorted(places[:3]) and max(places[:3]) < min(places[3:])
    assert "Changes requested by Ada" in page.main and "Message by the submitter" in page.main


def test_a_moderator_writes_without_deciding_once_however_often_they_click(
    ada, mailoutbox, django_capture_on_commit_callbacks
):
    asked = factories.submission("Kampala for All", submitter=SAM)
    page = ada.open(address(asked))
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            answer = page.press("Send the message", text="In which quarter?")
    assert "Your message is on its way to the submitter." in answer.main
    assert "Message by Ada" in answer.main
    assert [mail.to for mail in mailoutbox] == [["sam@example.org"]]
    assert "In which quarter?" in mailoutbox[0].body
    assert now(asked).status == Status.SUBMITTED
    page = page.press("Send the message", text=" ")
    assert "Write the message." in page.errors[0]
    assert asked.messages.count() == 1
    nameless = ada.open(address(factories.submission())).press("Send the message", text="In which quarter?")
    assert "There is no address to send it to." in nameless.main
