"""`python -m bench.drills.abilities [WORD…]`: axe-core on every kind of page, in every state and every look.

A site of its own, filled by `tests.browser.filled`, is served by gunicorn as in production. Each state of
`tests.browser.states` is opened once a language; there it is looked at in each width, light with all rules, dark with
those of colours. WORDs choose states by their names. Prints a table, a line a kind of page, and exits with 0 if there
was no violation.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error, sync_playwright

from bench.drills.site import Site, prepare, served

if TYPE_CHECKING:
    from tests.browser.checks import Windows
    from tests.browser.states import State

LANGUAGES = ["en", "fr", "es", "ar"]
WIDTHS = [1280, 390, 320]


def main() -> int:
    """Look at what was asked for, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.drills.abilities", description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*", metavar="WORD", help="only states whose names have one of these in them")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--widths", nargs="+", type=int, default=WIDTHS, metavar="PIXELS")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="passerelle-drill-") as folder:
        prepare(Path(folder))
        from tests.browser.filled import fill
        from tests.browser.states import every

        chosen = [
            each for each in every(fill()) if not asked.words or any(word in _name(each) for word in asked.words)
        ]
        if not chosen:
            parser.error(f"no state has {' or '.join(asked.words)} in its name")
        with served(Path(folder)) as site:
            return _table(site, chosen, asked.languages, asked.widths)


def _table(site: Site, states: list[State], languages: list[str], widths: list[int]) -> int:
    """Print violations as they are found, then the table; return whether there was any."""
    from tests.browser.checks import Windows, chromium

    begun, violations, seconds = time.perf_counter(), dict[str, list[str]](), Counter[str]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        windows = Windows(browser, site.url)
        for state in states:
            since = time.perf_counter()
            for language in languages:
                for look, told in _looked_at(windows, state, language, widths):
                    for each in told:
                        print(f"{_name(state)} ({look}): {each}", file=sys.stderr)
                        violations.setdefault(f"{_name(state)}: {each}", []).append(look)
            seconds[state.kind] += time.perf_counter() - since
            print(f"{_name(state)}: {time.perf_counter() - since:.1f} s", file=sys.stderr, flush=True)
        faults = windows.faults
        windows.close()
    looks = len(languages) * len(widths) * 2
    print("| kind of page | states | looks at it | violations | seconds |\n|---|---|---|---|---|")
    for kind, count in Counter(state.kind for state in states).items():
        found = sum(len(seen) for name, seen in violations.items() if name.startswith(f"{kind}: "))
        print(f"| {kind} | {count} | {count * looks} | {found} | {seconds[kind]:.0f} |")
    total = sum(map(len, violations.values()))
    print(f"| all | {len(states)} | {len(states) * looks} | {total} | {time.perf_counter() - begun:.0f} |")
    for fault in faults:
        print(f"a script failed: {fault}", file=sys.stderr)
    return int(bool(violations or faults))


def _looked_at(windows: Windows, state: State, language: str, widths: list[int]) -> Iterator[tuple[str, list[str]]]:
    """Yield each look at a state in a language, with what there is to complain of."""
    from tests.browser import checks

    try:
        page = windows.open(state, "" if language == "en" else f"/{language}", width=widths[0])
    except Error as error:
        yield language, [f"it cannot be reached: {error}"]
        return
    for width in widths:
        lost = checks.fits(page, width)
        for scheme, rules in (("light", None), ("dark", checks.OF_COLOURS)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            yield f"{language}, {width} px, {scheme}", checks.axe(page, only=rules) + lost
            lost = []


def _name(state: State) -> str:
    return f"{state.kind}: {state.name}"


if __name__ == "__main__":
    sys.exit(main())
