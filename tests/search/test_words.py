"""Which words find an entry: its own, their stems, what means the same, in four languages."""

import pytest

from initiatives.content import NamedOrganisation
from initiatives.models import Initiative
from initiatives.search.score import Search
from initiatives.search.text import matching
from tests import factories

pytestmark = pytest.mark.django_db


def found(query):
    """Return the titles that a query finds, in no order."""
    return set(matching(Initiative.objects.published(), query).values_list("current__title", flat=True))


def assert_found(subtests, title, queries, but=()):
    for query in queries:
        with subtests.test(query):
            assert found(query) == {title}
    for query in but:
        with subtests.test(f"not {query}"):
            assert found(query) == set()


def test_a_word_is_found_by_its_other_forms_in_the_language_of_the_entry(subtests):
    factories.initiative("Policies for migrating workers", summary="Organizations recognise qualifications.")
    factories.initiative("Formations professionnelles", summary="Des étrangères y sont intégrées.", language="fr")
    factories.initiative("Viviendas asequibles", summary="Acogidos por ciudadanos.", language="es")
    factories.initiative("تدريب العاملات", summary="دورات للمهاجرين في المدن.", language="ar")
    english = ["policy", "migrate", "organisation", "recognised qualification"]
    assert_found(subtests, "Policies for migrating workers", english, but=["police"])
    french = ["professionnelle", "professionnel", "etranger", "étrangers", "intégré", "INTEGREES"]
    assert_found(subtests, "Formations professionnelles", french)
    assert_found(subtests, "Viviendas asequibles", ["asequible", "vivienda asequible", "acogida ciudadanas"])
    assert_found(subtests, "تدريب العاملات", ["تدريب عاملات", "مهاجرون", "المهاجرين", "دورة", "لِلمُهَاجِرِين"])


def test_what_means_the_same_is_found_in_every_language(subtests):
    factories.initiative("Cheap remittances", summary="Sending less to banks.")
    factories.initiative("Unrelated", summary="Funds are transferred to a bank.")
    other = ["transferts de fonds", "remesas", "envío de dinero", "تحويلات مالية", "money transfer", "remittance"]
    assert_found(subtests, "Cheap remittances", other)


def test_what_was_typed_goes_before_what_only_means_the_same():
    factories.initiative("Jobs")
    factories.initiative("Employment")
    factories.initiative("Emploi", language="fr")
    published = Initiative.objects.published()
    from initiatives.search.text import ranked

    titles = [entry.public.title for entry in ranked(matching(published, "jobs"), "jobs").select_related("current")]
    assert titles == ["Jobs", "Emploi", "Employment"]


def test_other_names_of_cities_countries_and_their_people_are_found(subtests):
    marrakech = factories.city("Marrakech", "MA", ["Marrakesh", "Marrakex", "مراكش"])
    factories.initiative("In the south", cities=[marrakech])
    factories.initiative("In the west", countries=[factories.country("CI")])
    factories.initiative("In Anatolia", countries=[factories.country("TR")])
    south = [
        "marrakesh",
        "Marrakech",
        "مراكش",
        "Morocco",
        "Maroc",
        "Marruecos",
        "المغرب",
        "diaspora -x marrakesh"[11:],
    ]
    assert_found(subtests, "In the south", [*south, "moroccan", "marocaines", "marroquíes", '"marrakex"'])
    west = ["Ivory Coast", "Côte d'Ivoire", "Costa de Marfil", "ساحل العاج", "ivoirienne", '"Ivory Coast"']
    assert_found(subtests, "In the west", west, but=['"Coast Ivory"'])
    assert_found(subtests, "In Anatolia", ["Turkey", "Türkiye", "Turquie", "Turquía", "تركيا"])


def test_people_are_found_where_the_text_speaks_of_them_though_the_entry_is_elsewhere(subtests):
    factories.initiative("Aid for Ukrainian refugees", countries=[factories.country("TR")])
    assert_found(subtests, "Aid for Ukrainian refugees", ["réfugiés ukrainiens", "refugiados ucranianos"])


def test_an_organisation_is_found_by_its_initials_and_an_acronym_by_what_it_stands_for(subtests):
    city = NamedOrganisation("Kampala Capital City Authority", "local_government", "lead")
    factories.initiative("Safety nets", organisations=[city])
    factories.initiative("Return", summary="With IOM.")
    assert_found(subtests, "Safety nets", ["KCCA", "kcca safety"])
    assert_found(subtests, "Return", ["International Organization for Migration", "OIM", "المنظمة الدولية للهجرة"])


def test_the_last_word_may_be_unfinished_and_no_other(subtests):
    factories.initiative("Portal for migrants")
    assert_found(subtests, "Portal for migrants", ["port", "migrants po", "portal mi"], but=["port migrants", "p"])


@pytest.mark.parametrize("named", [0, 2, 3, 20])
def test_an_unfinished_word_finds_what_begins_so_whether_its_words_are_looked_for_by_name_or_not(named, monkeypatch):
    monkeypatch.setattr("initiatives.search.score._MOST_LONGER", named)
    for title in ("Port", "Portal", "Portfolios", "Pörtico", "Sport", "Portugal"):
        factories.initiative(title)
    assert found("port") == {"Port", "Portal", "Portfolios", "Pörtico", "Portugal"}
    assert found("portf") == {"Portfolios"}
    assert found("portx") == set()


def test_the_few_words_that_an_unfinished_one_may_become_are_looked_for_by_name():
    factories.initiative("Portfolios")
    (part,) = Search("portf").query.parts
    assert part.longer == ("portfolios",)
    assert not any(term.endswith("*") for term in part.related)


def test_words_that_say_nothing_need_not_be_there(subtests):
    factories.initiative("Reception of refugees")
    wanted = ["the reception of the refugees", "la réception des réfugiés", "project reception", "help for refugees"]
    assert_found(subtests, "Reception of refugees", wanted)


def test_a_query_of_words_that_say_nothing_finds_what_has_them():
    factories.initiative("The programme")
    factories.initiative("Another")
    assert found("the") == found("programme") == {"The programme"}


def test_years_and_objectives_are_words_of_an_entry(subtests):
    factories.initiative("Safety nets", start_year=2019, end_year=2021, objectives=[factories.objective("gcm-15")])
    assert_found(subtests, "Safety nets", ["safety 2019", "2021", "GCM 15"], but=["2020"])
