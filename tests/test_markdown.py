"""A text never becomes much longer by being shown, whatever signs it is made of."""

import pytest

from initiatives.markdown import to_html

LONGEST = 10_000
REPEATED = ["[", "*", "`", "<", "> ", ">", "![", "_a", "- ", "[a](", "&", "**a", "[]()", "[a](b)", "-\n*\n", "#\n"]
REPEATED += ["- a\n\n", ">" * 20 + "a\n\n", "- " * 20 + "a\n\n", "1.\n1)\n", "[](http:😀)", "|a|\n|-|\n", "<a:b>"]
BUILT = {
    "table": "|a" * 100 + "\n" + "|-" * 100 + "\n" + "|\n" * 4800,
    "address used again": "[a]: http://" + "x" * 5000 + "\n\n" + "[a]" * 1600,
    "deeper and deeper list": "".join("  " * n + "- a\n" for n in range(95)),
    "deeper and deeper quote": "".join(">" * n + "a\n\n" for n in range(138)),
}


@pytest.mark.parametrize(
    "text", [pytest.param((sign * LONGEST)[:LONGEST], id=sign) for sign in REPEATED] + list(BUILT.values())
)
def test_a_text_grows_less_than_tenfold(text):
    assert len(to_html(text)) < 10 * len(text)


def test_a_text_that_would_swell_is_shown_as_it_was_typed():
    html = to_html(">" * 8 + "\n\n" + "Hello **you**\n" + ("\n" + ">" * 8 + "\n") * 1000)
    assert "<blockquote>" not in html
    assert "<p>Hello **you**</p>" in html


def test_a_short_text_may_be_all_formatting():
    assert to_html("[]()") == '<p><a href="" rel="nofollow ugc noopener"></a></p>\n'


def test_lists_in_lists_in_a_quote_are_shown():
    html = to_html("> - one\n>   - two\n>     - three")
    assert html.count("<ul>") == 3


def test_a_table_is_shown_as_it_was_typed():
    assert to_html("|a|b|\n|-|-|\n|1|2|") == "<p>|a|b|<br>\n|-|-|<br>\n|1|2|</p>\n"
