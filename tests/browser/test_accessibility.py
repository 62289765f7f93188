"""Every kind of page in one of its states, each in one look: what axe-core finds, and what is lost in little room.

`make drill-abilities` looks at every state in four languages, three widths, light and dark.
"""

from itertools import cycle

import pytest
from django.conf import settings

from tests.browser import checks
from tests.browser.filled import fill
from tests.browser.states import one_of_each

pytestmark = [pytest.mark.browser, pytest.mark.long]

#: The width and the colours in which axe-core looks.
LOOKS = [(1280, "light"), (320, "dark"), (320, "light"), (1280, "dark"), (320, "dark")]


@pytest.fixture
def windows(browser, live_server):
    """Windows for everybody; a script that fails in one fails the test."""
    windows = checks.Windows(browser, live_server.url)
    yield windows
    windows.close()
    assert windows.faults == []


def test_on_every_kind_of_page_axe_finds_nothing_and_nothing_is_lost_where_room_is_little_or_text_large(windows):
    languages = ["" if code == settings.LANGUAGE_CODE else f"/{code}" for code, _ in settings.LANGUAGES]
    looks = zip(cycle(languages), cycle(LOOKS), strict=False)
    complaints = []
    for state, (language, (width, scheme)) in zip(one_of_each(fill()), looks, strict=False):
        page = windows.open(state, language, width=320, scheme=scheme)
        told = checks.mistakes_have_the_focus(page) + checks.fits_a_phone(page)
        page.set_viewport_size({"width": width, "height": 800})
        told += checks.axe(page) + checks.fits_a_desk(page)
        # What stands in for a site that is broken has no foot.
        told += [] if state.kind == "error" else checks.help_is_where_it_always_is(page)
        where = f"{state.kind}: {state.name} ({language or '/en'}, {width} px, {scheme})"
        complaints += [f"{where}: {each}" for each in told]
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)
    # And it does look: it would complain of this.
    page.evaluate("""() => {
      document.documentElement.style.fontSize = '';
      const main = document.querySelector('main');
      main.append(new Image());
      for (const each of [0, 1]) main.append(Object.assign(document.createElement('button'), {ariaLabel: each}));
      for (const each of main.querySelectorAll('button[aria-label]')) each.style = 'inline-size: 9px; padding: 0';
      const wide = Object.assign(document.createElement('p'), {textContent: 'Words that are cut off'});
      main.append(wide);
      wide.style = 'inline-size: 5em; overflow: hidden; white-space: nowrap';
      main.append(Object.assign(document.createElement('hr'), {style: 'inline-size: 400px'}));
    }""")
    assert {told.partition(":")[0] for told in checks.axe(page)} == {"image-alt", "target-size"}
    assert {told.split(":")[1].strip()[:12] for told in checks.fits_a_phone(page)} == {"the page scr", "cut off"}
