"""Drafts that nobody goes on with: their writers are told, and a week later they go."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from initiatives.models import Draft
from tests import factories
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabulary")]
START = timezone.make_aware(timezone.datetime(2026, 3, 1, 9))


def run():
    said = StringIO()
    call_command("delete_old_drafts", stdout=said)
    return said.getvalue().strip()


def told(number, deleted=0):
    return f"Writers told: {number}. Drafts deleted: {deleted}."


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def begin(clock):
    def begin(title="Kampala", email="sam@example.org", member=None):
        return Draft.objects.create(answers={"title": [title], "email": [email]}, member=member)

    return begin


def after(clock, days):
    clock.move_to(START + timedelta(days=days))


def test_the_writer_is_told_a_week_before_once_and_then_the_draft_goes(clock, begin, mailoutbox):
    draft = begin()
    after(clock, 82)
    assert run() == told(0)
    after(clock, 83)
    assert [run(), run()] == [told(1), told(0)]
    (mail,) = mailoutbox
    assert mail.to == ["sam@example.org"]
    assert mail.subject == "Your draft at Passerelle will be deleted on 30 May 2026"
    assert f"\nhttp://127.0.0.1:8000{draft.tracking_url}\n" in mail.body
    after(clock, 89)
    assert run() == told(0)
    assert Draft.objects.exists()
    after(clock, 90)
    assert [run(), run()] == [told(0, deleted=1), told(0)]
    assert len(mailoutbox) == 1


def signed_in(person):
    visitor = Visitor()
    visitor.client.force_login(person)
    return visitor


def keep(draft):
    page = Visitor().open(draft.tracking_url).press("Keep it")
    assert "It is kept until 22 August 2026." in page.main


def save(draft):
    Visitor().open(draft.edit_url).press("Save draft")


def open_as_its_member(draft):
    signed_in(draft.member).open(draft.tracking_url)


def go_on_as_its_member(draft):
    signed_in(draft.member).open(draft.edit_url)


@pytest.mark.parametrize("does", [keep, save, open_as_its_member, go_on_as_its_member])
def test_whoever_comes_back_to_it_keeps_it_and_is_told_anew_the_next_time(clock, begin, mailoutbox, member, does):
    draft = begin(member=member if "member" in does.__name__ else None)
    after(clock, 84)
    run()
    does(draft)
    after(clock, 84 + 82)
    assert run() == told(0)
    after(clock, 84 + 83)
    assert run() == told(1)
    after(clock, 84 + 90)
    assert run() == told(0, deleted=1)


def test_whatever_follows_links_in_mails_keeps_nothing(clock, begin, mailoutbox, member):
    drafts = [begin(), begin(member=member)]
    after(clock, 84)
    run()
    for draft in drafts:
        for name in ("tracking", "edit"):
            Visitor().client.get(reverse(f"submit:{name}", args=[draft.token]))
    # Nor does somebody else who is signed in.
    signed_in(member).open(drafts[0].tracking_url)
    after(clock, 91)
    assert run() == told(0, deleted=2)


def test_after_a_time_without_the_timer_nothing_goes_before_its_writer_has_known_for_a_week(clock, begin, mailoutbox):
    begin()
    after(clock, 200)
    assert run() == told(1)
    assert "will be deleted on 24 September 2026" in mailoutbox[0].subject
    after(clock, 206)
    assert run() == told(0)
    after(clock, 207)
    assert run() == told(0, deleted=1)


@pytest.mark.parametrize("email", ["", "sam", "sam@nowhere", "a@b.example\nBcc: c@d.example"])
def test_a_draft_without_an_address_goes_untold(clock, begin, mailoutbox, email):
    begin(email=email)
    after(clock, 83)
    assert run() == told(0)
    after(clock, 90)
    assert run() == told(0, deleted=1)
    assert mailoutbox == []


def test_the_mail_names_the_draft_only_where_the_address_is_confirmed(clock, begin, mailoutbox, member):
    unconfirmed = factories.person("nina@example.org")
    unconfirmed.emailaddress_set.update(verified=False)
    begin("CHEAP PILLS")
    begin("CHEAP PILLS", member=unconfirmed)
    begin("Kampala for All", email="", member=member)
    after(clock, 83)
    assert run() == told(3)
    mails = {mail.to[0]: mail.message().as_string() for mail in mailoutbox}
    assert "PILLS" not in mails["sam@example.org"] + mails["nina@example.org"]
    assert "Kampala for All" in mails["mona@example.org"]


def fail(monkeypatch, error):
    def send(self):
        raise error

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)


def test_while_the_mail_server_is_away_no_week_begins(clock, begin, mailoutbox, monkeypatch, caplog):
    begin()
    after(clock, 95)
    with monkeypatch.context() as patch:
        fail(patch, ConnectionRefusedError("away"))
        assert run() == told(0)
        assert "was not told" in caplog.text
    after(clock, 103)
    assert run() == told(1)
    after(clock, 109)
    assert run() == told(0)
    assert Draft.objects.exists()


def test_an_address_that_does_not_exist_keeps_nothing_for_ever(clock, begin, monkeypatch):
    begin()
    after(clock, 90)
    fail(monkeypatch, smtplib.SMTPRecipientsRefused({}))
    run()
    after(clock, 97)
    assert run() == told(0, deleted=1)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_tell_each_writer_once(begin, clock, mailoutbox):
    for number in range(5):
        begin(email=f"sam{number}@example.org")
    after(clock, 83)

    def one(_number):
        try:
            return run()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(2)))
    assert sorted(mail.to[0] for mail in mailoutbox) == [f"sam{number}@example.org" for number in range(5)]
