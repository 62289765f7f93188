"""What axe-core cannot see: the keyboard alone, less motion, other colours, paper."""

import pytest
from playwright.sync_api import expect

from initiatives.models import Submission
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.long]

#: Where the focus is: what it is called there, and what is wrong with that.
STOP = """(target) => {
  const here = document.activeElement;
  if (here === document.body) return null;
  const shown = here.closest('.searchbar') && here.matches('input') ? here.closest('.searchbar') : here;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const box = here.getClientRects()[0];
  const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const wrong = [];
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) wrong.push('cannot be seen');
  if (!over || !(here.contains(over) || over.contains(here) || over.closest('label')?.contains(here))) {
    wrong.push(`lies under ${over?.outerHTML.slice(0, 80)}`);
  }
  window.stops ??= new Map();
  const number = stops.get(here) ?? stops.size;
  stops.set(here, number);
  const told = wrong.map((each) => `${here.outerHTML.slice(0, 100)}: the focus ${each}`);
  return { number, arrived: here === target, wrong: told };
}"""


def stop(page, target=None):
    """Return where the focus is, which can be seen: the stop's `number`, and whether that is the `target`.

    None where it has left the page.
    """
    here = page.evaluate(STOP, target)
    assert here is None or here["wrong"] == []
    return here


def tab_to(page, target, key="Tab"):
    """Go on with the Tab key until `target` has the focus; every stop on the way can be seen."""
    wanted = target.element_handle()
    for _ in range(150):
        page.keyboard.press(key)
        here = stop(page, wanted)
        if here and here["arrived"]:
            return
    pytest.fail(f"the keyboard does not reach {target}")


def enter(page, target):
    tab_to(page, target)
    page.keyboard.press("Enter")


def type_into(page, target, words):
    tab_to(page, target)
    page.keyboard.insert_text(words)


def goes_round(page):
    """Tab through the whole page and return how many stops there are, each of which comes once."""
    seen = []
    for _ in range(300):
        page.keyboard.press("Tab")
        here = stop(page)
        if here is None or (here["number"] == 0 and len(seen) > 1):
            return len(seen)
        number = here["number"]
        # A date has several stops in itself.
        seen += [] if [number] == seen[-1:] else [number]
        assert seen == list(range(len(seen)))
    return pytest.fail("the keyboard does not get away from there")


@pytest.fixture
def catalogue():
    factories.initiative("Kampala for All", countries=[factories.country()], themes=[factories.theme()])
    factories.initiative("Lomé for All", countries=[factories.country("TG")], themes=[factories.theme("cities")])


# ---- By keyboard alone -----------------------------------------------------


def test_an_entry_is_found_filtered_and_read_by_keyboard_alone(catalogue, open_page):
    page = open_page("/", width=390)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    type_into(page, page.get_by_role("searchbox"), "for all")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_have_text("2 initiatives")
    enter(page, page.locator(".filters > details > summary"))
    tab_to(page, page.get_by_role("checkbox", name="Togo"))
    page.keyboard.press("Space")
    expect(page.locator("#list-said")).to_have_text("1 initiative")
    expect(page.get_by_role("checkbox", name="Togo")).to_be_focused()
    enter(page, page.get_by_role("link", name="Lomé for All"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Lomé for All")


def test_an_initiative_is_submitted_by_keyboard_alone_after_a_mistake(open_page):
    page = open_page("/submit/")
    type_into(page, page.get_by_label("Summary"), "It opens its services.")
    type_into(page, page.locator("#id_countries_0"), "Uganda")
    tab_to(page, page.get_by_label("Diaspora empowerment"))
    page.keyboard.press("Space")
    enter(page, page.get_by_role("button", name="Add another organisation"))
    expect(page.get_by_role("group", name="Organisation 2").get_by_label("Name")).to_be_focused()
    enter(page, page.get_by_role("button", name="Submit for review").last)
    expect(page.get_by_role("alert")).to_be_focused()
    enter(page, page.get_by_role("alert").get_by_role("link", name="Title"))
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.insert_text("Kampala for All")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Thank you.")).to_be_visible()
    assert Submission.objects.get().revision.title == "Kampala for All"


def test_a_moderator_signs_in_and_decides_by_keyboard_without_the_keys_of_the_desk(open_page, moderator):
    factories.submission("Kampala for All")
    page = open_page("/moderation/")
    type_into(page, page.get_by_label("E-mail address"), moderator.email)
    type_into(page, page.get_by_label("Password", exact=True), "correct horse battery")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Moderation")
    enter(page, page.get_by_role("link", name="Kampala for All"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Kampala for All")
    enter(page, page.get_by_role("button", name="Reject"))
    expect(page.locator(".error-summary")).to_be_focused()
    enter(page, page.locator(".error-summary a"))
    page.keyboard.insert_text("It is not about migration.")
    enter(page, page.get_by_role("button", name="Reject"))
    expect(page.get_by_role("status")).to_contain_text("Kampala for All")
    assert Submission.objects.get().status == "rejected"


def test_the_tab_key_reaches_everything_once_shows_where_it_is_and_is_caught_nowhere(catalogue, open_page, sign_in):
    factories.moderator("ada@example.org", name="Ada")
    waiting = factories.submission("Waiting")
    countries = [factories.country(code) for code in ("UG", "MA", "TG", "MX", "US", "TR", "GB")]
    factories.initiative("Everywhere", countries=countries, themes=[factories.theme()])
    page = open_page("/initiatives/", width=390)
    page.locator(".menu summary").click()
    assert goes_round(page) > 20
    page.set_viewport_size({"width": 1280, "height": 800})
    page.reload()
    assert goes_round(page) > 40
    page.goto("/initiatives/coverage/?by=themes")
    page.set_viewport_size({"width": 390, "height": 800})
    # Backwards, the headings of the rows stand over what comes into sight.
    page.get_by_role("contentinfo").get_by_role("link").first.focus()
    tab_to(page, page.get_by_role("link", name="Download as CSV"), key="Shift+Tab")
    sign_in(page, "ada@example.org")
    page.goto(f"/moderation/{waiting.pk}/")
    assert goes_round(page) > 20


# ---- As readers have set their machine ---------------------------------------


def test_in_the_readers_own_colours_the_focus_and_what_is_chosen_can_be_told_apart(catalogue, open_page):
    page = open_page("/initiatives/?country=TG", forced_colors="active")
    page.keyboard.press("Tab")
    stop(page)
    line = """(each) => {
      const style = getComputedStyle(each);
      return [style.borderBlockEndColor, style.borderBlockStartColor];
    }"""
    for place in (".ways", ".languages", ".menu nav"):
        chosen = page.locator(f"{place} [aria-current]").evaluate(line)
        others = page.locator(f"{place} a:not([aria-current])").evaluate_all(f"(all) => all.map({line})")
        assert chosen not in others, place
    # A button that matters is told from the others by its ground.
    ground = "(each) => getComputedStyle(each).backgroundColor"
    primary = page.locator(".button.primary").first.evaluate(ground)
    assert primary != page.locator(".filters .apply .button").evaluate(ground)


def test_on_paper_there_is_the_text_with_its_facts_and_nothing_to_press(catalogue, open_page):
    page = open_page("/initiatives/kampala-for-all/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Summary of Kampala for All.")).to_be_visible()
    expect(page.locator(".facts")).to_be_visible()
    page.goto("/initiatives/")
    page.emulate_media(media="print")
    expect(page.locator("#found")).to_be_visible()
    for hidden in ("nav", "form", "button", ".chip", ".skip"):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
