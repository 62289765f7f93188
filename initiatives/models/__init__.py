"""What is stored, one file a subject. No request, no e-mail, no HTML."""

from initiatives.choices import FileKind, Kind, MadeBy, OrganisationType, Role, Stage, Status
from initiatives.models.catalogue import CatalogueChange, CatalogueVersion, new_token
from initiatives.models.decision import Decision, Message
from initiatives.models.desk import Remit, SavedReply
from initiatives.models.draft import Draft
from initiatives.models.initiative import Initiative
from initiatives.models.language import direction, language_choices, language_name
from initiatives.models.match_key import MatchKey
from initiatives.models.organisation import Organisation
from initiatives.models.packed import Packed, PackedPairs, PackedWords, packed_in_order
from initiatives.models.place import WORLD, City, CityName, Country, Region, country_name
from initiatives.models.revision import (
    FIRST_YEAR,
    LAST_YEAR,
    Involvement,
    Link,
    Publication,
    Revision,
    Signature,
    TaggedRevision,
)
from initiatives.models.search_document import Condition, SearchDocument, SearchIndex, SearchTerm, Wanted
from initiatives.models.submission import Submission
from initiatives.models.tracking import Tracked, new_seed, token_hash, tracking_token
from initiatives.models.translation import LONG_TEXTS, TEXTS, Text, Translation, Words, origin
from initiatives.models.upload import Attachment, Upload
from initiatives.models.vocabulary import (
    Channel,
    Declaration,
    Framework,
    Keyword,
    Objective,
    Theme,
    Translated,
    by_name,
    in_language,
)

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "LONG_TEXTS",
    "TEXTS",
    "WORLD",
    "Attachment",
    "CatalogueChange",
    "CatalogueVersion",
    "Channel",
    "City",
    "CityName",
    "Condition",
    "Country",
    "Decision",
    "Declaration",
    "Draft",
    "FileKind",
    "Framework",
    "Initiative",
    "Involvement",
    "Keyword",
    "Kind",
    "Link",
    "MadeBy",
    "MatchKey",
    "Message",
    "Objective",
    "Organisation",
    "OrganisationType",
    "Packed",
    "PackedPairs",
    "PackedWords",
    "Publication",
    "Region",
    "Remit",
    "Revision",
    "Role",
    "SavedReply",
    "SearchDocument",
    "SearchIndex",
    "SearchTerm",
    "Signature",
    "Stage",
    "Status",
    "Submission",
    "TaggedRevision",
    "Text",
    "Theme",
    "Tracked",
    "Translated",
    "Translation",
    "Upload",
    "Wanted",
    "Words",
    "by_name",
    "country_name",
    "direction",
    "in_language",
    "language_choices",
    "language_name",
    "new_seed",
    "new_token",
    "origin",
    "packed_in_order",
    "token_hash",
    "tracking_token",
]
