"""Files that people send: checked, made safe, kept, and deleted when nobody needs them any more."""

from initiatives.uploads.keeping import LIMITS, keep, redeem
from initiatives.uploads.sweeping import delete_needless

__all__ = ["LIMITS", "delete_needless", "keep", "redeem"]
