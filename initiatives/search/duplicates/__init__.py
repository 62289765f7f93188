"""Finds the entries that look the same as another: listed under another name, misspelt, cut off, translated.

`likeness` compares two entries and says why they look the same, `marks` finds those that are worth comparing, and
`lookup` is what the rooms of the site ask. How well it does is measured in `bench/duplicates`.
"""

from initiatives.search.duplicates.lookup import LookAlike, entries_like, index, submissions_like

__all__ = ["LookAlike", "entries_like", "index", "submissions_like"]
