"""The desk by keyboard alone."""

import pytest
from playwright.sync_api import expect

from initiatives import moderation
from initiatives.choices import Kind
from initiatives.models import SavedReply, Submission
from tests import factories
from tests.moderate.desk import claim, correction, report

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture
def desk(open_page, sign_in, moderator):
    """The queue, in the hands of a moderator."""

    def desk(path="/moderation/"):
        page = open_page()
        sign_in(page, moderator.email)
        page.goto(path)
        return page

    return desk


def fill_queue():
    """Put twenty submissions of every kind into the queue; return their titles in its order."""
    titles = []
    for number in range(20):
        kind = list(Kind)[number % 4] if number < 8 else Kind.NEW
        titles.append(f"Submission {number:02}")
        if kind == Kind.NEW:
            factories.submission(titles[-1])
        elif kind == Kind.CORRECTION:
            correction(factories.initiative(titles[-1]), summary="Better.")
        else:
            (claim if kind == Kind.CLAIM else report)(factories.initiative(titles[-1]))
    return titles


def arrived(page, heading):
    """Wait for the page with this heading, and for its script: a key pressed before that is nobody's."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state("load")


def approve(page):
    page.keyboard.press("a")


def ask(page):
    page.keyboard.press("c")
    page.keyboard.type("In which camp near a river?")
    page.keyboard.press("Control+Enter")


def reject(page):
    page.keyboard.press("r")
    page.keyboard.type("Not about migration.")
    page.keyboard.press("Escape")
    page.keyboard.press("r")


def test_a_moderator_decides_twenty_submissions_with_the_keyboard_alone(desk):
    titles = fill_queue()
    page = desk()
    page.keyboard.press("n")
    for number, title in enumerate(titles):
        arrived(page, title)
        (approve, ask, reject)[number % 3](page)
        # The key has only moved the focus: Enter decides.
        expect(page.locator("button:focus")).to_have_attribute("name", "decision")
        page.keyboard.press("Enter")
    expect(page.get_by_text("The queue is empty")).to_be_visible()
    assert not Submission.objects.awaiting_review().exists()
    asked = Submission.objects.with_submitter()
    assert {each.decisions.last().note for each in asked} == {"In which camp near a river?"}
    assert (asked.count(), Submission.objects.filter(status="rejected").count()) == (7, 6)


def test_keys_move_in_the_queue_and_in_a_submission_and_decide_nothing_by_themselves(desk, moderator):
    for title in ("First", "Second", "Third"):
        factories.submission(title)
    page = desk()
    focused = page.locator(":focus")
    for key, title in [("j", "First"), ("j", "Second"), ("j", "Third"), ("j", "Third"), ("k", "Second")]:
        page.keyboard.press(key)
        expect(focused).to_have_text(title)
    page.keyboard.press("x")
    expect(page.get_by_label("Tick “Second”")).to_be_checked()
    page.keyboard.press("/")
    expect(page.get_by_label("Kind")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrived(page, "First")
    page.keyboard.press("m")
    page.keyboard.type("a c r n ? q")
    expect(page.get_by_label("Note to the submitter")).to_have_value("a c r n ? q")
    page.keyboard.press("Escape")
    for key, name in [("a", "Approve and publish"), ("c", "Ask for changes"), ("r", "Reject")]:
        page.keyboard.press(key)
        expect(page.get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("n")  # With a note begun, skipping takes another Enter.
    expect(page.get_by_role("button", name="Skip to the next one")).to_be_focused()
    assert Submission.objects.awaiting_review().count() == 3
    page.keyboard.press("Enter")
    arrived(page, "Second")
    page.keyboard.press("q")
    arrived(page, "Moderation")


def test_keys_of_one_character_can_be_turned_off_for_good(desk):
    factories.submission("First")
    page = desk()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Keys of one character work").press("Space")
    page.keyboard.press("Escape")
    for _ in range(2):
        page.keyboard.press("?")
        page.keyboard.press("n")
        expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
        expect(page.locator("[aria-keyshortcuts]")).to_have_count(0)
        page.reload()
    page.get_by_role("button", name="Keys").press("Enter")
    page.get_by_label("Keys of one character work").press("Space")
    page.get_by_role("button", name="Close").press("Enter")
    page.keyboard.press("n")
    arrived(page, "First")


def test_a_saved_reply_is_inserted_at_once_and_what_is_open_stays_so_while_somebody_works(desk, moderator):
    SavedReply.objects.create(title="Ask: where", text="Where is it?")
    submission = factories.submission("First")
    moderation.hold(submission, by=moderator)
    before = Submission.objects.get().reviewed_until
    page = desk()
    page.clock.install()
    page.goto(f"/moderation/{submission.pk}/")
    note = page.get_by_label("Note to the submitter")
    note.fill("Thank you.")
    page.get_by_label("Saved reply").select_option("Ask: where")
    page.get_by_role("button", name="Use this reply").click()
    expect(note).to_have_value("Thank you.\n\nWhere is it?")
    expect(note).to_be_focused()
    page.clock.run_for(5 * 60 * 1000)
    expect(page.locator("#held-until")).to_contain_text("You have this open until")
    after = Submission.objects.get().reviewed_until
    assert after > before
    with page.expect_response("**/hold/") as answered:
        page.mouse.move(10, 10)
        page.clock.run_for(5 * 60 * 1000)
    assert answered.value.status == 200
