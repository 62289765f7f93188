"""What moderators write again and again."""

import pytest
from django.urls import reverse

from accounts.models import User
from initiatives.exchange.vocabularies import load_vocabularies
from initiatives.models import SavedReply
from tests import factories
from tests.moderate.desk import address, at_desk, correction

pytestmark = pytest.mark.django_db


def test_a_saved_reply_fills_the_note_without_javascript_and_keeps_what_was_typed(moderator):
    reply = SavedReply.objects.create(title="Ask: where", text="Where is it?\n\nIn which city?")
    asked = correction(factories.initiative("Old", results="Ten."), title="New", results="Twelve.")
    page = at_desk(moderator).open(address(asked))
    page = page.press("Use this reply", note="Thank you.", reply=reply.pk, take=["title"])
    assert page.form["note"] == "Thank you.\n\nWhere is it?\n\nIn which city?"
    assert page.form.all("take") == ["title"]
    assert page.errors == []
    assert asked.decisions.count() == 1
    page = page.press("Use this reply", reply="")
    assert page.form["note"] == "Thank you.\n\nWhere is it?\n\nIn which city?"


def test_a_reply_that_was_deleted_meanwhile_takes_nothing_away(moderator):
    reply = SavedReply.objects.create(title="Ask: where", text="Where is it?")
    SavedReply.objects.create(title="Ask: when", text="When was it?")
    page = at_desk(moderator).open(address(factories.submission()))
    SavedReply.objects.filter(pk=reply.pk).delete()
    assert page.press("Use this reply", note="Thank you.", reply=reply.pk).form["note"] == "Thank you."


def test_an_installation_begins_with_a_few_and_never_gets_back_what_it_dropped():
    load_vocabularies()
    titles = set(SavedReply.objects.values_list("title", flat=True))
    assert len(titles) >= 5
    SavedReply.objects.filter(title=min(titles)).update(title="Ours")
    SavedReply.objects.filter(title=max(titles)).delete()
    load_vocabularies()
    assert SavedReply.objects.count() == len(titles) - 1
    assert SavedReply.objects.filter(title="Ours").exists()


def test_administrators_manage_them(client):
    client.force_login(User.objects.create_superuser("root@example.org", "correct horse battery"))
    client.post(reverse("admin:initiatives_savedreply_add"), {"title": "Thanks", "text": "Thank you."})
    assert "Thanks" in client.get(reverse("admin:initiatives_savedreply_changelist")).text
