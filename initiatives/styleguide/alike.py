"""Samples of entries that look the same."""

from initiatives.styleguide.samples import ARABIC, KAMPALA

ALIKE = [
    {
        "title": KAMPALA.revision.title,
        "url": "#",
        "revision": KAMPALA.revision,
        "reasons": [
            {"label": "In both titles", "value": "Kampala for All"},
            {"label": "Same city", "value": "Kampala"},
            {"label": "Same organisation", "value": "Kampala Capital City Authority"},
        ],
    },
    {
        "title": ARABIC.revision.title,
        "url": "#",
        "revision": ARABIC.revision,
        "reasons": [{"label": "In both titles, in other words", "value": "المغاربة المقيمون بالخارج"}],
        "doubts": [{"label": "Another place"}],
    },
]
