"""Two versions of sample entries beside each other."""

from dataclasses import replace
from typing import Any

from initiatives import versions
from initiatives.content import Content, TranslatedTexts, texts_digest
from initiatives.models import MadeBy

ENGLISH = Content(
    title="Welcoming San José Plan 2.0",
    summary="Twenty-two community-designed strategies under four pillars that help immigrants take part.",
    keywords=["inclusion", "language access", "city plan"],
    start_year=2021,
    end_year=2023,
)
ARABIC = Content(
    title="برنامج يرافق رواد الأعمال",
    summary="برنامج يرافق رواد الأعمال من أصل مغربي في بلجيكا لإنشاء مشاريع في المغرب.",
    language="ar",
)


def comparisons() -> dict[str, Any]:
    """Return what a correction changes, and what it does in a text that runs from right to left."""
    corrected = replace(
        ENGLISH,
        summary="Twenty-three community-designed strategies under four pillars that help immigrants and refugees.",
        keywords=["inclusion", "city plan", "refugees"],
        end_year=2024,
        results="4,000 people took part in its first year.",
    )
    arabic = replace(ARABIC, summary="برنامج يرافق أصحاب المشاريع من أصل مغربي في بلجيكا لإنشاء شركات في المغرب.")
    french = TranslatedTexts(
        title="Plan « Bienvenue à San José » 2.0",
        summary="Vingt-deux stratégies conçues par les habitants aident les immigrés à participer.",
        made_by=MadeBy.MACHINE,
        original=texts_digest(ENGLISH),
    )
    mended = replace(french, summary=french.summary.replace("immigrés", "personnes immigrées"), made_by=MadeBy.HUMAN)
    with_french = replace(ENGLISH, translations={"fr": french})
    return {
        "translation_changes": versions.changes(ENGLISH, with_french),
        "mended_changes": versions.changes(with_french, replace(corrected, translations={"fr": mended}))[-1:],
        "changes": versions.changes(ENGLISH, corrected),
        "choosable_changes": versions.changes(ENGLISH, corrected, in_conflict=["years"]),
        "taken": ["summary", "keywords", "years"],
        "arabic_changes": versions.changes(ARABIC, arabic),
    }
