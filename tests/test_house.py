"""The rules of the house that a machine can hold; docs/architecture.md says why they are as they are."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import brotli
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CODE = ("accounts", "config", "initiatives")
MADE_BY_TOOLS = {"var", "node_modules", "__pycache__"}


def files(*suffixes: str, under: str = "") -> list[Path]:
    """Return the repository's files with one of the suffixes (all unless given)."""
    found = []
    for folder, folders, names in os.walk(ROOT / under):
        folders[:] = [each for each in folders if each not in MADE_BY_TOOLS and (each[0] != "." or each == ".ci")]
        # In a working tree beside another one, .git is a file with the other's folder.
        found += [Path(folder, name) for name in names if name != ".git"]
    return sorted(path for path in found if not suffixes or path.suffix in suffixes)


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def assert_passes(*command: str) -> None:
    """Run a tool of the environment in the repository; what it says is the message."""
    folder = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "PYTHONWARNINGS": ""}
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if answer.returncode:
        pytest.fail(f"{' '.join(command)}\n{answer.stdout[-6000:]}{answer.stderr[-2000:]}", pytrace=False)


# ---- Tools -----------------------------------------------------------------


def test_python_has_no_lint():
    assert_passes("ruff", "check", "--quiet", ".")


def test_python_is_formatted():
    assert_passes("ruff", "format", "--quiet", "--check", ".")


def test_types_hold():
    assert_passes("mypy")


def test_imports_point_one_way():
    assert_passes("lint-imports")


def test_templates_have_no_lint():
    assert_passes("djlint", "--quiet", "--lint", "templates")


def test_every_change_of_a_model_has_its_migration():
    assert_passes(sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "--settings=tests.settings")


# ---- Size ------------------------------------------------------------------


def test_no_python_file_is_too_long_to_be_read_at_once():
    long = {
        shown(path): length
        for path in files(".py")
        if "migrations" not in path.parts and (length := len(path.read_text().splitlines())) > 350
    }
    assert long == {}


def test_no_template_is_too_long_to_be_read_at_once():
    lengths = {shown(path): len(path.read_text().splitlines()) for path in files(under="templates")}
    assert {name: length for name, length in lengths.items() if length > 120} == {}


# ---- Templates -------------------------------------------------------------

HIDDEN = re.compile(
    r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}",
    re.DOTALL,
)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
#: Tags whose arguments are no words for people, or are translated.
SILENT = re.compile(r"\{%\s*(?:translate|load|extends|url|static|block|endblock|if|elif|for)\b")
#: What else a template gives to a tag or a filter, and when that is words for people: with a space, or a capital.
ARGUMENT = re.compile(r"""(_\()?(["'])(.*?)\2""")
WORDS = re.compile(r"[^\W\d_]{2}.*\s|\w\s.*[^\W\d_]{2}|[A-Z][a-z]")
#: Names and signs that are the same in every language.
SAME_EVERYWHERE = {"allauth", "Atom", "BibTeX", "CSV", "JSON", "OK"}


def templates(*, with_style_guide: bool = True) -> Iterator[tuple[str, str]]:
    """Yield every template with its text, without comments."""
    for path in files(".html", ".txt", under="templates"):
        if with_style_guide or "styleguide" not in path.parts:
            yield shown(path), HIDDEN.sub("", path.read_text())


def test_templates_have_no_inline_style_script_or_event_handler():
    inline = re.compile(
        r"<style\b|\bstyle\s*=|<script\b(?![^>]*\bsrc=)(?![^>]*application/ld\+json)|\son[a-z]+\s*=|javascript:", re.I
    )
    assert {name: found[0] for name, text in templates() if (found := inline.search(text))} == {}


def test_every_word_of_a_template_can_be_translated():
    bare = {}
    for name, text in templates(with_style_guide=False):
        attributes = re.findall(r'\b(?:aria-label|placeholder|title|alt)="([^"]*)"', TAG.sub("", text))
        words = re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>|&\w+;|https?://\S+", " ", TAG.sub(" ", text)))
        given = [said for tag in TAG.findall(text) if not SILENT.match(tag) for said in ARGUMENT.findall(tag)]
        arguments = [said for translated, _quote, said in given if not translated and WORDS.match(said)]
        found = {word for word in [*words, *arguments, *filter(str.strip, attributes)] if word not in SAME_EVERYWHERE}
        if found:
            bare[name] = sorted(found)
    assert bare == {}


def test_templates_show_nothing_without_escaping_it():
    # What the code itself says of a field may hold markup, as Django has it.
    unsafe = re.compile(r"(?<!help_text)\|\s*safe\b|autoescape\s+off")
    assert [name for name, text in templates() if name.endswith(".html") and unsafe.search(text)] == []


# ---- Code ------------------------------------------------------------------

#: What only `moderation` may write.
STATE = {"status", "current", "published_at", "approved_at", "reviewer", "reviewed_until"}
WRITERS = {
    "update",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_update",
    "Submission",
    "Initiative",
    "setattr",
}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for folder in CODE:
        for path in files(".py", under=folder):
            if "migrations" not in path.parts:
                yield shown(path), ast.parse(path.read_text())


def writes(node: ast.AST) -> set[str]:
    """Return what a piece of code writes of the state of a submission or an entry."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        return {node.attr} & STATE
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in WRITERS:
            given = {word.arg for word in node.keywords}
            given |= {part.value for part in ast.walk(node) if isinstance(part, ast.Constant)}
            return {str(each) for each in given} & STATE
    return set()


def test_only_moderation_writes_a_status_or_publishes():
    found = {
        f"{name}:{node.lineno}": written
        for name, tree in trees()
        for node in ast.walk(tree)
        if not name.startswith("initiatives/moderation/") and (written := writes(node))
    }
    assert found == {}


def test_the_code_imports_only_what_an_installation_without_developers_packages_has():
    locked = set(
        re.findall(r"^([a-z0-9][a-z0-9._-]*)(?:\[\S*\])?==", (ROOT / "requirements/base.txt").read_text(), re.M)
    )
    owners = packages_distributions()
    foreign = {}
    for name, tree in trees():
        typing = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            if id(node) in typing or not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            modules = [each.name for each in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            for module in {each.partition(".")[0] for each in modules} - set(sys.stdlib_module_names) - set(CODE):
                if not locked & {owner.lower().replace("_", "-") for owner in owners.get(module, [])}:
                    foreign[f"{name}:{node.lineno}"] = module
    assert foreign == {}


# ---- Accessibility ---------------------------------------------------------

#: WCAG 2.2, levels A and AA: the guideline, and its criteria.
CRITERIA = {
    **{"1.1": [1], "1.2": [1, 2, 3, 4, 5], "1.3": [1, 2, 3, 4, 5], "1.4": [1, 2, 3, 4, 5, 10, 11, 12, 13]},
    **{"2.1": [1, 2, 4], "2.2": [1, 2], "2.3": [1], "2.4": [1, 2, 3, 4, 5, 6, 7, 11], "2.5": [1, 2, 3, 4, 7, 8]},
    **{"3.1": [1, 2], "3.2": [1, 2, 3, 4, 6], "3.3": [1, 2, 3, 4, 7, 8], "4.1": [2, 3]},
}


def test_every_criterion_of_accessibility_has_its_line_and_every_test_it_names_exists():
    text = (ROOT / "docs/accessibility.md").read_text()
    wanted = [f"{guideline}.{number}" for guideline, numbers in CRITERIA.items() for number in numbers]
    assert re.findall(r"^\| (\d\.\d\.\d+) [^|]+ \(AA?\) \| [^|]+ \| [^|]+ \|$", text, re.M) == wanted
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)
    missing = {name for path, name in named if f"def {name}(" not in (ROOT / path).read_text()}
    assert len(named) > 40
    assert missing == set()


def test_no_style_depends_on_how_a_device_is_held_and_nothing_moves():
    asked = re.compile(r"orientation\s*:|\btransition\b|\banimation\b|@keyframes|(?<!over)scroll-behavior")
    texts = {shown(path): path.read_text() for path in files(".css", ".js", under="static")}
    assert len(texts) > 10
    assert {name: found[0] for name, text in texts.items() if (found := asked.search(text))} == {}


def test_all_scripts_together_are_less_than_thirty_kilobytes_on_the_wire():
    # No page asks for all of them.
    scripts = files(".js", under="static/js")
    assert scripts
    assert sum(len(brotli.compress(path.read_bytes())) for path in scripts) <= 30_000


# ---- Every file ------------------------------------------------------------

REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|proxy\.golang\.org|crates\.io"
    r"|index-url\s*[= ]\s*\S*//",
    re.I,
)
#: A folder of somebody's machine. The one of Linuxbrew is the same on every machine.
MACHINE = re.compile(r"(?<![\w.:/>~-])(?:/(?:home|Users|root|work)/(?!linuxbrew)[\w.-]+|[A-Z]:\\\\?Users)")
TEXT = {".py", ".toml", ".txt", ".md", ".sh", ".html", ".css", ".js", ".json", ".yml", ".yaml", ".cfg", ".po", ""}


@pytest.mark.parametrize("rule", [REGISTRIES, MACHINE], ids=["package registry", "folder of a machine"])
def test_no_file_names_a(rule):
    here = Path(__file__)
    texts = {shown(path): path.read_text(errors="replace") for path in files(*TEXT) if path != here}
    assert {name: found[0] for name, text in texts.items() if (found := rule.search(text))} == {}


def test_every_text_file_is_utf_8_with_plain_line_ends_and_one_line_end_at_its_end():
    wrong = []
    for path in files(*TEXT - {""}):
        raw = path.read_bytes()
        text = raw.decode()
        if "\r" in text or "\ufeff" in text or (text and (not text.endswith("\n") or text.endswith("\n\n"))):
            wrong.append(shown(path))
    assert wrong == []
