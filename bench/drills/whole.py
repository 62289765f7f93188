"""What must be true of the database whatever happened: there are whole entries and no halves."""

from __future__ import annotations

#: One entry that was made before anything was killed, and how the others are called that say the same.
PATTERN, OTHERS = "Kill nobody", "Kill "


def half_entries() -> list[str]:
    """Return what is half there, a line each; every entry of the drill says what `PATTERN` does."""
    from django.db import connection
    from django.db.models import Count

    from initiatives.choices import Kind, Step
    from initiatives.models import Initiative, Revision, Submission

    halves = [f"entry {pk} has no submission" for pk in _pks(Initiative.objects.filter(submissions=None))]
    unused = Revision.objects.filter(submissions=None, decisions=None, current_of=None)
    halves += [f"version {pk} belongs to no submission" for pk in _pks(unused)]
    founding = Submission.objects.filter(kind=Kind.NEW)
    halves += [f"submission {pk} has no decision" for pk in _pks(founding.exclude(decisions__step=Step.SUBMIT))]
    twice = founding.filter(decisions__step=Step.SUBMIT).annotate(number=Count("decisions")).filter(number__gt=1)
    halves += [f"submission {pk} was submitted twice" for pk in _pks(twice)]
    whole = _said(Revision.objects.filter(title=PATTERN).with_content().get())
    for revision in Revision.objects.filter(title__startswith=OTHERS).with_content():
        if _said(revision) != whole:
            halves.append(f"version {revision.pk} says {_said(revision)}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for check in ("integrity_check", "foreign_key_check"):
                halves += [f"{check}: {row}" for row in cursor.execute(f"PRAGMA {check}") if row != ("ok",)]
    return halves


def _pks(rows) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def _said(revision) -> dict[str, object]:
    """Return everything that a version says but its title, in a form that can be compared."""
    from initiatives.content import read

    content = vars(read(revision)) | {"title": ""}
    return {name: sorted(map(str, value)) if isinstance(value, list) else value for name, value in content.items()}
