"""The tracking page as a conversation: what each state says and offers, and that no answer is lost."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from initiatives import moderation
from initiatives.choices import Kind, Status, Step
from initiatives.content import read
from initiatives.models import Initiative, Message
from tests import factories
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]

BOX = "Send message"
EDIT, WITHDRAW = "Change it", "Take it back"


def sent(kind, member=None):
    """Put something of a kind into the queue, by somebody with a link alone, or by a member."""
    by = moderation.Submitter(member=member, name="Sam")
    if kind == Kind.NEW:
        return factories.submission("Kampala", submitter=by, themes=[factories.theme()], is_global=True)
    entry = factories.initiative("Kampala")
    if kind == Kind.CORRECTION:
        content = read(entry.public)
        content.title = "Kampala for All"
        return moderation.submit(content, submitter=by, base=entry.public)
    ask = moderation.claim if kind == Kind.CLAIM else moderation.report
    return ask(entry, "It is as I say.", submitter=moderation.Submitter(member=factories.person()))


def offered(page):
    words = {node.text for node in page.root.walk("a", "button")}
    return {each for each in (EDIT, WITHDRAW, BOX) if each in words}


ASK = (lambda s, ada: moderation.request_changes(s, by=ada, note="Since when?"),)
NO = (lambda s, ada: moderation.reject(s, by=ada, note="Because."),)
YES = (lambda s, ada: (moderation.approve if s.proposes else moderation.accept)(s, by=ada),)
BACK = (lambda s, ada: moderation.withdraw(s),)
#: What was done, of what; what the page then says; what it offers.
STATES = [
    (Kind.CORRECTION, (), "Until then the entry stays as it is", {EDIT, WITHDRAW, BOX}),
    (Kind.CORRECTION, ASK, "asks you for changes", {EDIT, WITHDRAW, BOX}),
    (Kind.CORRECTION, YES, "Your correction is public.", set()),
    (Kind.CORRECTION, NO, "decided not to take it over", {BOX}),
    (Kind.CORRECTION, BACK, "You took your correction back.", set()),
    (Kind.CLAIM, (), "read why this entry is yours", {WITHDRAW, BOX}),
    (Kind.CLAIM, ASK, "Your answer brings your claim back into the queue.", {WITHDRAW, BOX}),
    (Kind.CLAIM, YES, "Your claim is granted", set()),
    (Kind.CLAIM, NO, "decided not to grant it", {BOX}),
    (Kind.CLAIM, BACK, "You took your claim back.", set()),
    (Kind.REPORT, (), "A moderator will look into it.", {WITHDRAW, BOX}),
    (Kind.REPORT, ASK, "Your answer brings your report back into the queue.", {WITHDRAW, BOX}),
    (Kind.REPORT, YES, "dealt with it", set()),
    (Kind.REPORT, NO, "found no problem", {BOX}),
    (Kind.REPORT, BACK, "You took your report back.", set()),
]
LABELS = {
    (Kind.CLAIM, ASK): "Question asked",
    (Kind.CLAIM, YES): "Granted",
    (Kind.CLAIM, NO): "Refused",
    (Kind.REPORT, YES): "Dealt with",
    (Kind.REPORT, NO): "No problem found",
}


def test_every_state_of_every_kind_is_said_in_its_own_words_and_offers_what_can_be_done(anyone, moderator, subtests):
    for kind, steps, sentence, offers in STATES:
        with subtests.test(f"{kind}: {sentence}"):
            submission = sent(kind)
            for step in steps:
                step(submission, moderator)
            page = anyone.open(submission.tracking_url)
            assert sentence in page.main
            assert str(kind.label) in page.main
            assert LABELS.get((kind, steps), "") in page.main
            assert offered(page) == offers
            assert "How your entry names you" not in page.main
            assert submission.initiative.get_absolute_url() in {n.attrs["href"] for n in page.root.walk("a")}


def test_a_published_entry_can_be_corrected_or_asked_to_be_taken_off_from_here(anyone, moderator):
    submission = sent(Kind.NEW)
    moderation.approve(submission, by=moderator)
    page = anyone.open(submission.tracking_url)
    assert page.link("See the entry") == "/initiatives/kampala/"
    assert page.link("Suggest a correction") == "/initiatives/kampala/correct/"
    assert page.link("Ask to take it off") == "/initiatives/kampala/report/"
    assert offered(page) == set()


def test_a_correction_that_was_taken_over_in_part_says_so(anyone, moderator):
    submission = sent(Kind.CORRECTION)
    content = read(submission.revision)
    content.summary = "Also changed."
    moderation.resubmit(submission, content)
    moderation.approve(submission, by=moderator, take=["title"])
    assert "as far as a moderator took it over" in anyone.open(submission.tracking_url).main


def test_an_entry_that_was_taken_off_or_merged_is_not_said_to_be_taken_back_by_its_submitter(anyone, moderator):
    one, other = sent(Kind.NEW), sent(Kind.NEW)
    for each in (one, other):
        moderation.approve(each, by=moderator)
    moderation.unpublish(one.initiative, by=moderator, reason="It never was.")
    page = anyone.open(one.tracking_url)
    assert "until a moderator took it off the catalogue" in page.main
    assert "It never was." in page.main
    assert "No longer public" in page.main
    assert "You took it back" not in page.main
    moderation.republish(one.initiative, by=moderator)
    target = Initiative.objects.get(pk=one.initiative_id)
    moderation.merge(other.initiative, target, read(target.public), by=moderator, public_id=target.current_id)
    page = anyone.open(other.tracking_url)
    assert "It was merged into another entry" in page.main
    assert page.link("Kampala") == target.get_absolute_url()


# ---- Saying something ------------------------------------------------------


def test_what_is_said_and_what_is_done_stand_in_one_order_of_time(anyone, moderator):
    with time_machine.travel("2026-03-01 09:00Z", tick=False) as clock:
        submission = sent(Kind.NEW)
        page = anyone.open(submission.tracking_url)
        clock.shift(60)
        page.press(BOX, text="One more thing: https://example.org/report")
        clock.shift(60)
        moderation.say(submission, "Thank you, we look.", by=moderator, as_moderator=True)
        clock.shift(60)
        moderation.request_changes(submission, by=moderator, note="Since when?")
        clock.shift(60)
        page = anyone.open(submission.tracking_url).press(BOX, text="Since 2021.\r\n\r\nReally <b>.")
    assert "Your message is sent; a moderator will read it." in page.main
    (timeline,) = [node for node in page.root.walk("ol") if "timeline" in node.attrs["class"]]
    order = ["Submitted", "One more thing", "Thank you, we look.", "Since when?", "Really <b>.", "Back in the queue"]
    places = [timeline.text.index(words) for words in order]
    assert places == sorted(places)
    assert page.link("https://example.org/report") == "https://example.org/report"
    assert not re.search(r"\bAda\b", page.html)
    submission.refresh_from_db()
    assert submission.status == Status.SUBMITTED


def test_who_holds_the_link_answers_and_a_members_own_answer_is_theirs(anyone, member_client, member):
    submission = sent(Kind.NEW, member)
    anyone.open(submission.tracking_url).press(BOX, text="From the link")
    Visitor(member_client).open(submission.tracking_url).press(BOX, text="From Mona")
    assert list(submission.messages.values_list("text", "by", "is_from_moderator")) == [
        ("From the link", None, False),
        ("From Mona", member.pk, False),
    ]


@pytest.mark.parametrize("text", ["", "  \r\n ", "x" * 4001], ids=["nothing", "only spaces", "too long"])
def test_an_empty_or_endless_message_is_refused_at_its_field_with_what_was_typed(anyone, text):
    submission = sent(Kind.NEW)
    page = anyone.open(submission.tracking_url).press(BOX, text=text)
    assert page.error("text")
    assert page.title.startswith("Error: ")
    assert page.form["text"].strip() == text.strip()
    assert "Waiting for review" in page.main
    assert not Message.objects.exists()


def test_two_clicks_say_it_once_and_bring_it_back_once(anyone, moderator):
    submission = sent(Kind.NEW)
    for round_ in range(2):
        moderation.request_changes(submission, by=moderator, note=f"Question {round_}")
        page = anyone.open(submission.tracking_url)
        assert [page.press(BOX, text="Done.").status for _click in range(2)] == [200, 200]
        submission.refresh_from_db()
        assert submission.status == Status.SUBMITTED
        assert submission.messages.count() == round_ + 1
        assert submission.decisions.filter(step=Step.ANSWER).count() == round_ + 1


def test_what_is_said_again_later_is_said_again(moderator, mailoutbox, django_capture_on_commit_callbacks):
    with time_machine.travel("2026-03-01 09:00Z", tick=False) as clock:
        submission = factories.submission(submitter=moderation.Submitter(email="sam@example.org", is_verified=True))
        with django_capture_on_commit_callbacks(execute=True):
            for wait in (5, 30, 86_400, 0):
                clock.shift(wait)
                moderation.say(submission, "Any news?", by=moderator, as_moderator=True)
    assert submission.messages.count() == len(mailoutbox) == 2


def test_a_moderators_second_click_sends_no_second_mail(moderator, mailoutbox, django_capture_on_commit_callbacks):
    submission = factories.submission(submitter=moderation.Submitter(email="sam@example.org", is_verified=True))
    with django_capture_on_commit_callbacks(execute=True):
        for _click in range(2):
            moderation.say(submission, "Which city?", by=moderator, as_moderator=True)
    assert len(mailoutbox) == 1


def test_after_a_rejection_one_answer_is_heard(anyone, moderator):
    submission = sent(Kind.NEW)
    moderation.reject(submission, by=moderator, note="Not about migration.")
    page = anyone.open(submission.tracking_url)
    assert "You can do so once; a moderator then looks at it again." in page.main
    page = page.press(BOX, text="It is, see page 3.")
    submission.refresh_from_db()
    assert submission.status == Status.SUBMITTED
    assert list(type(submission).objects.awaiting_review()) == [submission]
    moderation.reject(submission, by=moderator, note="Still not.")
    assert offered(anyone.open(submission.tracking_url)) == set()
    with pytest.raises(moderation.IllegalTransition):
        moderation.say(submission, "But!")


@pytest.mark.parametrize("close", [YES, BACK], ids=["published", "withdrawn"])
def test_a_message_that_comes_after_the_decision_is_not_swallowed_but_shown_to_be_kept(anyone, moderator, close):
    submission = sent(Kind.NEW)
    page = anyone.open(submission.tracking_url)
    close[0](submission, moderator)
    page = page.press(BOX, text="Wait, one more thing")
    assert "This was decided in the meantime. Your message is below; it was not sent." in page.main
    assert page.by_id("unsent")
    assert "Wait, one more thing" in page.main
    assert not Message.objects.exists()


def test_twenty_messages_an_hour_come_from_one_network_without_an_account(anyone, member_client, member):
    submission = sent(Kind.NEW, member)
    page = anyone.open(submission.tracking_url)
    for number in range(20):
        page.press(BOX, text=f"Number {number}")
    last = page.press(BOX, text="One more")
    assert last.status == 429
    assert "Too many messages came from your network within an hour." in last.error("text")
    assert last.form["text"] == "One more"
    assert submission.messages.count() == 20
    Visitor(member_client).open(submission.tracking_url).press(BOX, text="Mona's own")
    assert submission.messages.count() == 21


def test_the_address_of_the_box_leads_back_to_the_page_and_a_form_without_proof_says_nothing():
    submission = sent(Kind.NEW)
    address = reverse("submit:answer", args=[submission.token])
    assert Client().get(address)["Location"] == submission.tracking_url
    assert Client(enforce_csrf_checks=True).post(address, {"text": "x"}).status_code == 403
    assert Client().post(reverse("submit:answer", args=["0" * 40]), {"text": "x"}).status_code == 404
    assert not Message.objects.exists()


@pytest.mark.parametrize("kind", [Kind.CLAIM, Kind.REPORT])
def test_a_claim_and_a_report_are_answered_and_taken_back_but_not_edited(anyone, kind):
    submission = sent(kind)
    page = anyone.open(reverse("submit:edit", args=[submission.token]))
    assert page.url == submission.tracking_url
    assert "cannot be changed" in page.main
    page = page.press(BOX, text="And more.").follow(WITHDRAW)
    assert "No moderator will decide it." in page.main
    page.press(WITHDRAW)
    submission.refresh_from_db()
    assert submission.status == Status.WITHDRAWN


# ---- How long it takes -----------------------------------------------------


def test_the_page_says_how_many_are_before_it_and_how_long_it_usually_takes(anyone, moderator):
    with time_machine.travel("2026-03-01 09:00Z", tick=False) as clock:
        decided = [factories.submission() for _ in range(5)]
        for number, each in enumerate(decided):
            if number == 4:
                waiting = [factories.submission() for _ in range(3)]
                page = anyone.open(waiting[0].tracking_url)
                assert "1 other is before it in the queue." in page.main
                assert "Too little was decided lately to say how long that takes." in page.main
            clock.shift(86_400)
            moderation.reject(each, by=moderator, note="No.")
        texts = [anyone.open(each.tracking_url).main for each in waiting]
    assert "It is the next one in the queue." in texts[0]
    assert "1 other is before it in the queue." in texts[1]
    assert "2 others are before it in the queue." in texts[2]
    assert "Lately half of all decisions came within 3 days." in texts[0]
    assert "Lately half" not in anyone.open(decided[0].tracking_url).main
