"""A draft that several windows act on at the same moment, with real threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from initiatives.models import Draft, Initiative, Revision, Submission
from tests.submit.answers import answers, vocabulary

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _words():
    vocabulary()


def at_once(*calls):
    """Run the calls at the same moment and return what each returned."""
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait(10)
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def post(address, **data):
    return Client().post(address, data)


def begun():
    """Save a draft from a page and return the draft, and what that page sends."""
    sent = answers()
    assert post(reverse("submit:new"), save="1", **sent).status_code == 302
    return Draft.objects.get(), sent


def test_clicks_at_once_save_one_draft():
    sent = answers(save="1")
    told = at_once(*[lambda: post(reverse("submit:new"), **sent)] * 4)
    assert [each.status_code for each in told] == [302] * 4
    assert {each["Location"] for each in told} == {Draft.objects.get().tracking_url}


def test_clicks_at_once_send_a_draft_once_and_all_end_at_its_link():
    draft, sent = begun()
    told = at_once(*[lambda: post(draft.edit_url, **sent, draft="1")] * 4)
    assert {each["Location"] for each in told} == {Submission.objects.get().tracking_url} == {draft.tracking_url}
    assert (Initiative.objects.count(), Revision.objects.count(), Draft.objects.count()) == (1, 1, 0)


def test_a_draft_sent_while_its_page_saves_itself_is_sent_and_gone():
    for number in range(5):
        draft, sent = begun()
        more = sent | {"title": f"Round {number}", "draft": "1"}
        saved, done = at_once(
            lambda d=draft, m=more: post(f"{d.tracking_url}draft/", **m),
            lambda d=draft, m=more: post(d.edit_url, **m),
        )
        assert saved.status_code in (200, 409)
        assert done["Location"] == draft.tracking_url
        assert not Draft.objects.exists()
        assert Submission.objects.get(seed=draft.seed).revision.title == f"Round {number}"


def test_of_two_windows_that_save_at_once_one_is_told_of_the_other():
    for number in range(5):
        draft, _sent = begun()
        windows = [answers(title=f"Window {window} {number}", save="1", draft="1") for window in "AB"]
        told = at_once(*[lambda d=draft, w=each: post(d.edit_url, **w) for each in windows])
        assert sorted(each.status_code for each in told) == [200, 302]
        (loser,) = [each for each in told if each.status_code == 200]
        assert "The draft was changed elsewhere." in loser.content.decode()
        draft.delete()
