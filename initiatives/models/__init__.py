"""What is stored, one file a subject. No request, no e-mail, no HTML."""

from initiatives.choices import Kind, OrganisationType, Role, Stage, Status
from initiatives.models.initiative import Initiative
from initiatives.models.organisation import Organisation
from initiatives.models.place import City, CityName, Country, Region, country_name
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
from initiatives.models.search_document import SearchDocument
from initiatives.models.submission import Decision, Submission, new_seed, token_hash, tracking_token
from initiatives.models.vocabulary import Channel, Declaration, Framework, Keyword, Objective, Theme

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Channel",
    "City",
    "CityName",
    "Country",
    "Decision",
    "Declaration",
    "Framework",
    "Initiative",
    "Involvement",
    "Keyword",
    "Kind",
    "Link",
    "Objective",
    "Organisation",
    "OrganisationType",
    "Publication",
    "Region",
    "Revision",
    "Role",
    "SearchDocument",
    "Signature",
    "Stage",
    "Status",
    "Submission",
    "TaggedRevision",
    "Theme",
    "country_name",
    "new_seed",
    "token_hash",
    "tracking_token",
]
