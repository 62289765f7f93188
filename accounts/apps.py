"""People."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People: user, sign-in, roles."""

    name = "accounts"
    verbose_name = _("People")
