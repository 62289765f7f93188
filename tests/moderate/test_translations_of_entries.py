"""What an entry says in other languages is a part of its versions, moderated and kept like all others."""

from dataclasses import replace

import pytest
from django.conf import settings

from initiatives import moderation, versions
from initiatives.content import TranslatedTexts, read, texts_digest, write
from initiatives.models import Initiative, Revision, Translation
from initiatives.moderate.union import Side, choices, merged
from tests import factories
from tests.moderate.desk import address, at_desk, correction
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db


def french(title="Kampala pour tous", summary="La ville ouvre ses services.", **values):
    return TranslatedTexts(title=title, summary=summary, **values)


def translation(entry, language="fr", said=None):
    """Put a translation of the public version into the queue."""
    content = read(entry.public)
    said = replace(said or french(), original=texts_digest(content))
    return correction(entry, translations={**content.translations, language: said})


@pytest.fixture
def entry():
    return factories.initiative("Kampala for All", results="Ten people.")


def now(entry):
    return read(Initiative.objects.get(pk=entry.pk).public)


def test_every_language_of_the_site_is_a_part_of_its_own():
    languages = [language for part in versions.PARTS if (language := versions.language_of(part))]
    assert languages == list(settings.KNOWN_LANGUAGES)


def test_what_is_written_is_read_and_a_translation_into_its_own_language_is_dropped(entry):
    said = {"fr": french(), "ar": french("كمبالا للجميع", made_by="machine"), "en": french("Not this")}
    again = read(write(replace(read(entry.public), translations=said), initiative=entry))
    assert again.translations == {"fr": said["fr"], "ar": said["ar"]}


def test_a_translation_changes_that_part_alone_and_is_public_once_approved(entry, moderator):
    sent = translation(entry)
    assert versions.changed_parts(read(entry.public), read(sent.revision)) == ["text_fr"]
    assert now(entry).translations == {}
    moderation.approve(sent, by=moderator)
    assert now(entry).translations["fr"].title == "Kampala pour tous"
    assert not Translation.objects.get(revision__current_of=entry).is_stale


def test_two_languages_proposed_at_once_are_both_published_and_the_same_one_twice_is_a_conflict(entry, moderator):
    first, second, third = translation(entry), translation(entry, "ar"), translation(entry, said=french("Autrement"))
    moderation.approve(first, by=moderator)
    moderation.approve(second, by=moderator)
    assert {language: said.title for language, said in now(entry).translations.items()} == {
        "fr": "Kampala pour tous",
        "ar": "Kampala pour tous",
    }
    with pytest.raises(moderation.Conflict) as conflict:
        moderation.approve(third, by=moderator)
    assert set(conflict.value.parts) == {"text_fr"}
    moderation.approve(third, by=moderator, take=["text_fr"])
    assert now(entry).translations["fr"].title == "Autrement"


def test_a_correction_of_the_original_keeps_the_translation_which_is_stale_until_it_is_brought_up_to_date(
    entry, moderator
):
    moderation.approve(translation(entry), by=moderator)
    moderation.approve(correction(entry, results="Twelve people."), by=moderator)
    entry.refresh_from_db()
    assert Translation.objects.get(revision__current_of=entry).is_stale
    same = read(entry.public).translations["fr"]
    again = translation(entry, said=same)
    (change,) = versions.changes(read(entry.public), read(again.revision))
    assert (change.part, change.translation.fits_again, change.translation.texts) == ("text_fr", True, [])
    moderation.approve(again, by=moderator)
    assert not Translation.objects.get(revision__current_of=entry).is_stale


def test_a_translation_of_a_text_that_was_changed_meanwhile_is_stale_and_the_change_is_kept(entry, moderator):
    sent = translation(entry)
    moderation.approve(correction(entry, title="Kampala for Everyone"), by=moderator)
    moderation.approve(sent, by=moderator)
    assert (now(entry).title, now(entry).translations["fr"].title) == ("Kampala for Everyone", "Kampala pour tous")
    assert Translation.objects.get(revision__current_of=entry).is_stale


def test_restoring_a_version_brings_back_the_translation_of_then(entry, moderator):
    moderation.approve(translation(entry), by=moderator)
    then = Initiative.objects.get().public
    moderation.approve(translation(Initiative.objects.get(), said=french("Autrement")), by=moderator)
    moderation.restore(then, by=moderator)
    assert now(entry).translations["fr"].title == "Kampala pour tous"
    moderation.restore(Revision.objects.approved().last(), by=moderator)
    assert now(entry).translations == {}


def test_an_entry_that_changes_its_language_drops_the_translation_into_it(entry, moderator):
    moderation.approve(translation(entry), by=moderator)
    sent = correction(entry, language="fr", title="Kampala pour tous")
    assert versions.changed_parts(now(entry), read(sent.revision)) == ["title", "language", "text_fr"]
    moderation.approve(sent, by=moderator, take=["title", "language"])
    assert (now(entry).language, now(entry).translations) == ("fr", {})


def test_of_two_entries_that_become_one_each_translation_is_proposed_as_the_one_that_stays_has_it(entry):
    into, loser = read(entry.public), replace(read(entry.public), translations={"fr": french(), "es": french()})
    assert choices(into, loser) == {"text_fr": [Side.INTO, Side.LOSER], "text_es": [Side.INTO, Side.LOSER]}
    assert merged(into, loser, {"text_es": Side.LOSER}).translations == {"es": french()}
    assert merged(loser, into, {"text_es": Side.LOSER}).translations == {"fr": french()}


# ---- At the desk -----------------------------------------------------------


def test_a_moderator_reads_a_new_translation_beside_the_original_and_publishes_it(entry, moderator):
    sent = translation(entry, "ar", french("كمبالا للجميع", "تفتح المدينة خدماتها.", made_by="machine"))
    page = at_desk(moderator).open(address(sent))
    sides = [node for node in page.root.walk("div") if "side" in node.attrs.get("class", "").split()]
    shown = [[*side.walk("p")][1] for side in sides[:2]]
    texts = [(node.text, node.attrs["lang"], node.attrs["dir"]) for node in shown]
    assert texts == [("Kampala for All", "en", "ltr"), ("كمبالا للجميع", "ar", "rtl")]
    assert [node.text for node in page.root.walk("ins", "del")] == []
    assert "Arabic translation" in page.main and "Made by a machine, checked by a person" in page.main
    assert "Original (English)" in page.main
    page.press("Publish what is ticked")
    assert now(entry).translations["ar"].title == "كمبالا للجميع"
    history = at_desk(moderator).open(f"{entry.get_absolute_url()}history/")
    assert "Changed: Arabic translation" in history.main


def test_what_was_changed_of_a_translation_is_marked_word_by_word_beside_the_original(entry, moderator):
    moderation.approve(translation(entry, said=french(results="Dix personnes.")), by=moderator)
    moderation.approve(correction(entry, results="Twelve people."), by=moderator)
    entry.refresh_from_db()
    sent = translation(entry, said=french(results="Douze personnes."))
    page = at_desk(moderator).open(address(sent))
    assert [node.text for node in page.root.walk("del", "ins")] == ["Removed: Dix", "Added: Douze"]
    assert "Twelve people." in page.main
    assert "The original was changed since" not in page.main
    moderation.approve(correction(entry, results="Thirteen people."), by=moderator)
    assert "The original was changed since" in at_desk(moderator).open(address(sent)).main


def test_a_translation_that_is_taken_away_is_shown_as_gone(entry, moderator):
    moderation.approve(translation(entry), by=moderator)
    entry.refresh_from_db()
    page = at_desk(moderator).open(address(correction(entry, translations={})))
    assert "It is taken away." in page.main
    assert "Removed: Kampala pour tous" in [node.text for node in page.root.walk("del")]


def test_the_queue_is_narrowed_to_the_language_that_has_to_be_read(entry, moderator):
    moderation.approve(translation(entry), by=moderator)
    entry.refresh_from_db()
    factories.submission("Uganda", language="fr")
    translation(entry, "ar", french("كمبالا"))
    correction(entry, title="Kampala for Everyone")
    desk = at_desk(moderator)
    page = desk.open("/moderation/")
    field = next(node for node in page.root.walk("select") if node.attrs["name"] == "language")
    assert [option.text for option in field.walk("option")] == ["All", "Arabic (1)", "English (1)", "French (1)"]
    assert "1 submission is waiting" in desk.open("/moderation/?language=ar").main
    assert "Uganda" in desk.open("/moderation/?language=fr").main
    assert "There is no language “xx”." in desk.open("/moderation/?language=xx").main


def test_a_translation_is_called_one_at_the_desk_and_to_whoever_sent_it(entry, moderator):
    sent = translation(entry)
    rest = correction(entry, results="")
    told = " ".join(row.text for row in at_desk(moderator).open("/moderation/").root.walk("td", "th"))
    assert told.count("Translation into French") == 1 and told.count("Correction") == 1
    assert "Translation into French" in at_desk(moderator).open(address(sent)).main
    assert "Translation into French" in Visitor().open(sent.tracking_url).main
    assert rest.what == "Correction"


def test_what_is_taken_out_of_the_original_is_gone_from_its_translations(entry, moderator, client):
    moderation.approve(translation(entry, said=french(results="Dix personnes.")), by=moderator)
    assert "Dix personnes" in client.get(f"/fr{entry.get_absolute_url()}").content.decode()
    changed = correction(Initiative.objects.get(pk=entry.pk), results="")
    assert set(versions.changed_parts(now(entry), read(changed.revision))) == {"results", "text_fr"}
    moderation.approve(changed, by=moderator)
    assert now(entry).translations["fr"].results == ""
    for path in (f"/fr{entry.get_absolute_url()}", "/initiatives/export.json"):
        assert "Dix personnes" not in b"".join(client.get(path)).decode()


def test_a_translation_into_what_is_the_entrys_own_language_by_now_has_nothing_left_to_publish(entry, moderator):
    base, sent = read(entry.public), translation(entry)
    moderation.approve(correction(entry, language="fr", title="Kampala"), by=moderator)
    merged_with = versions.merge(base, now(entry), read(sent.revision))
    assert versions.changed_parts(now(entry), merged_with) == []


def test_a_moderator_sees_that_a_translation_is_said_to_be_made_by_somebody_else(entry, moderator):
    moderation.approve(translation(entry, said=french(made_by="machine")), by=moderator)
    (change,) = versions.changes(
        now(entry), replace(now(entry), translations={"fr": replace(now(entry).translations["fr"], made_by="human")})
    )
    assert (change.translation.was_made_by, change.translation.made_by) == (
        "Made by a machine, checked by a person",
        "Made by people",
    )


def test_texts_fit_again_only_where_the_original_was_not_changed_once_more(entry, moderator):
    moderation.approve(translation(entry), by=moderator)
    moderation.approve(correction(Initiative.objects.get(pk=entry.pk), summary="Other."), by=moderator)
    confirmed = replace(now(entry).translations["fr"], original=texts_digest(now(entry)))
    old, new = now(entry), replace(now(entry), translations={"fr": confirmed})
    (change,) = versions.changes(old, new)
    assert change.translation.fits_again and not change.translation.is_stale
    (_summary, change) = versions.changes(old, replace(new, summary="Once more."))
    assert change.translation.is_stale and not change.translation.fits_again
