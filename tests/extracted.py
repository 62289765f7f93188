"""Every string that pages show, as gettext knows it: read from the code and the templates, without gettext's tools."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.template import Template, engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(settings.BASE_DIR)
CODE = ("accounts", "config", "initiatives")
#: What each of gettext's functions is given first: a context, a string, the same in plural.
FUNCTIONS = {
    "_": ("text",),
    "gettext": ("text",),
    "gettext_lazy": ("text",),
    "gettext_noop": ("text",),
    "pgettext": ("context", "text"),
    "pgettext_lazy": ("context", "text"),
    "ngettext": ("text", "plural"),
    "ngettext_lazy": ("text", "plural"),
    "npgettext": ("context", "text", "plural"),
    "npgettext_lazy": ("context", "text", "plural"),
}


class Message(NamedTuple):
    """A string to be translated: perhaps with a plural, perhaps with what tells it apart from the same string."""

    text: str
    plural: str = ""
    context: str = ""


def messages() -> dict[Message, str]:
    """Return every string with a file that has it."""
    found: dict[Message, str] = {}
    for path in sorted(each for folder in CODE for each in (ROOT / folder).rglob("*.py")):
        if "migrations" not in path.parts:
            found |= dict.fromkeys(_in_code(ast.parse(path.read_text())), _shown(path))
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            found |= dict.fromkeys(_in_template(path), _shown(path))
    # A string that is counted somewhere and not elsewhere stands in a catalogue once.
    counted = {(message.text, message.context) for message in found if message.plural}
    return {each: found[each] for each in found if each.plural or (each.text, each.context) not in counted}


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _in_code(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (parts := FUNCTIONS.get(getattr(node.func, "id", ""))):
            texts = [each.value if isinstance(each, ast.Constant) else None for each in node.args[: len(parts)]]
            if all(isinstance(text, str) for text in texts):
                yield Message(**dict(zip(parts, texts, strict=True)))


def _in_template(path: Path) -> Iterator[Message]:
    template: Template = engines["django"].get_template(path.relative_to(ROOT / "templates").as_posix()).template
    for node in template.nodelist.get_nodes_by_type(TranslateNode):
        yield Message(_literal(node.filter_expression.var).replace("%", "%%"), context=_context(node))
    for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
        text, _ = node.render_token_list(node.singular)
        plural, _ = node.render_token_list(node.plural) if node.plural else ("", [])
        yield Message(text, plural, _context(node))
    # In an argument of another tag.
    for _quote, text in re.findall(r"""\b_\((["'])(.*?)\1\)""", path.read_text()):
        yield Message(text)


def _context(node: Any) -> str:
    return _literal(node.message_context.var) if node.message_context else ""


def _literal(variable: Any) -> str:
    """Return what a constant in a template says."""
    return variable if isinstance(variable, str) else str(variable.literal)


#: What shows the text that it is given to people: arguments by name, and functions by their last one.
SHOWING_ARGUMENTS = {
    *("label", "help_text", "verbose_name", "verbose_name_plural", "description", "short_description"),
    *("empty_label", "violation_error_message"),
}
#: Models that nobody sees in the administration: their help is for whoever reads the code.
UNSEEN = {"initiatives/models/catalogue.py", "initiatives/models/search_document.py"}
SHOWING_CALLS = {"ValidationError", "FormError", "Notice", "success", "info", "warning", "error"}


def bare_strings() -> dict[str, str]:
    """Return strings of the code that people are shown and that gettext does not know, by where they are."""
    found = {}
    for path in sorted(each for folder in CODE for each in (ROOT / folder).rglob("*.py")):
        if not {"migrations", "styleguide", "generate"} & set(path.parts) and _shown(path) not in UNSEEN:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    found |= {f"{_shown(path)}:{text.lineno}": text.value for text in _shown_by(node)}
    return found


def _shown_by(call: ast.Call) -> Iterator[Any]:
    given = [word.value for word in call.keywords if word.arg in SHOWING_ARGUMENTS]
    function = call.func
    is_logger = isinstance(function, ast.Attribute) and getattr(function.value, "id", "") == "logger"
    if getattr(function, "attr", getattr(function, "id", "")) in SHOWING_CALLS and not is_logger:
        given += call.args
    for each in given:
        parts = each.values if isinstance(each, ast.JoinedStr) else [each]
        yield from (part for part in parts if _is_words(part))


def _is_words(node: ast.AST) -> bool:
    """Tell a text for people from a name in the code: it has a space, or begins with a capital."""
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and bool(re.search(r"[^\W\d_]{2}", text) and re.search(r"\w\s|^[A-Z]", text))
