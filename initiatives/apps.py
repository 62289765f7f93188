"""The catalogue."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    """The catalogue: what is stored, moderated, searched, browsed and submitted."""

    name = "initiatives"
    verbose_name = _("Catalogue")
