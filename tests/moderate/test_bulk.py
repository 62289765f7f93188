"""Rejecting spam by the dozen, without running over anything."""

import pytest
from django.test import Client
from django.urls import reverse

from initiatives import moderation
from initiatives.choices import Status
from initiatives.models import SavedReply, Submission
from tests import factories
from tests.moderate.desk import SAM, at_desk, now
from tests.moderate.desk import moderator as a_moderator

pytestmark = pytest.mark.django_db
REJECT = "Reject what is ticked…"


@pytest.fixture
def ada(moderator):
    return at_desk(moderator)


def ticks(*submissions):
    return [f"{each.pk}-{each.revision_id}-{each.last_message_pk}" for each in submissions]


def test_what_is_ticked_is_listed_by_title_and_rejected_with_one_note_after_one_confirmation(
    ada, mailoutbox, django_capture_on_commit_callbacks
):
    spam = [factories.submission(f"Spam {number}", submitter=SAM) for number in range(3)]
    kept = factories.submission("Kept")
    page = ada.open(reverse("moderate:bulk") + "?kind=new&" + "&".join(f"submission={each}" for each in ticks(*spam)))
    assert "Reject these 3 submissions?" in page.main
    assert [each.revision.title in page.main for each in (*spam, kept)] == [True, True, True, False]
    page = page.press("Reject 3 submissions", note="")
    assert "Say why they are not published." in page.error("note")
    assert not Submission.objects.filter(status=Status.REJECTED).exists()
    with django_capture_on_commit_callbacks(execute=True):
        done = [page.press("Reject 3 submissions", note="This is advertising.") for _ in range(2)]
    assert done[0].url == "/moderation/?kind=new"
    for each in done:
        assert "3 submissions are rejected." in each.main
    assert {now(each).status for each in spam} == {Status.REJECTED}
    assert {each.decisions.last().note for each in spam} == {"This is advertising."}
    assert now(kept).status == Status.SUBMITTED
    assert len(mailoutbox) == 3


def test_the_boxes_of_the_queue_lead_there(ada):
    spam = [factories.submission(f"Spam {number}") for number in range(2)]
    form = ada.open("/moderation/?kind=new").form_with(REJECT).fill(submission=ticks(*spam))
    sent = "&".join(f"{name}={value}" for name, value in form.values)
    page = ada.open(f"{form.node.attrs['action']}?{sent}")
    assert "Reject these 2 submissions?" in page.main
    assert page.link("Leave them") == "/moderation/?kind=new"


def test_what_somebody_else_decided_changed_or_holds_is_named_and_left_alone(ada, moderator):
    names = ("free", "decided", "changed", "held", "said")
    free, decided, changed, held, said = (factories.submission(f"Spam {name}") for name in names)
    ben = a_moderator("Ben")
    ticked = ticks(free, decided, changed, held, said)
    page = ada.open(reverse("moderate:bulk") + "?" + "&".join(f"submission={each}" for each in ticked))
    moderation.request_changes(decided, by=ben, note="Which city?")
    moderation.resubmit(changed, factories.content("Spam changed"))
    moderation.hold(held, by=ben)
    moderation.say(said, "It is no spam.")
    done = page.press("Reject 5 submissions", note="Spam.")
    assert "1 submission is rejected." in done.main
    for told in (
        "“Spam decided” (Changes requested)",
        "“Spam changed” (Its sender changed it",
        "“Spam held” (Ben has this open",
        "“Spam said” (A message came meanwhile)",
    ):
        assert told in done.main
    assert [now(each).status for each in (free, decided, changed, held, said)] == [
        Status.REJECTED,
        Status.CHANGES_REQUESTED,
        Status.SUBMITTED,
        Status.SUBMITTED,
        Status.SUBMITTED,
    ]
    again = ada.open(page.url)
    assert "None of them can be rejected now." in again.main
    assert "Spam decided" in again.main and "Ben has this open" in again.main


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "Tick at least one submission first."),
        ("submission=x", "The list of what was ticked could not be read."),
        ("submission=1-1-0&submission=%00", ""),
        ("&".join(f"submission={number}-{number}-0" for number in range(51)), "At most 50 at once."),
    ],
)
def test_what_cannot_be_ticked_is_told_and_rejects_nothing(ada, query, told):
    asked = factories.submission("Spam")
    page = ada.open(f"{reverse('moderate:bulk')}?{query}")
    assert told in page.html
    assert page.status == (200 if told else 400)
    assert now(asked).status == Status.SUBMITTED


def test_a_saved_reply_fills_the_one_note(ada):
    reply = SavedReply.objects.create(title="Spam", text="This is advertising.")
    asked = factories.submission("Spam")
    page = ada.open(f"{reverse('moderate:bulk')}?submission={ticks(asked)[0]}")
    page = page.press("Use this reply", reply=reply.pk)
    assert page.form["note"] == "This is advertising."
    page.press("Reject 1 submission")
    assert now(asked).status == Status.REJECTED


def test_looking_rejects_nothing_and_only_moderators_may(member_client):
    asked = factories.submission("Spam")
    url = f"{reverse('moderate:bulk')}?submission={ticks(asked)[0]}"
    assert member_client.get(url).status_code == member_client.post(url, {"note": "n"}).status_code == 403
    assert Client().get(url).status_code == 302
    assert now(asked).status == Status.SUBMITTED
