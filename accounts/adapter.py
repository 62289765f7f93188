"""How allauth deals with people on this site's behalf."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User


def on_this_site(url: str) -> str:
    """Return `url` with the scheme and host of SITE_URL, whatever host the request named."""
    return urljoin(f"{settings.SITE_URL}/", urlsplit(url)._replace(scheme="", netloc="").geturl())


class AccountAdapter(DefaultAccountAdapter):
    """Account mails name the site by its settings, and an address belongs to whoever confirms it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and this password do not belong together. Check both."),
        "too_many_login_attempts": _(
            "Too many failed attempts. Wait a few minutes and try again, or set a new password now."
        ),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "duplicate_email": _("This address is one of yours already."),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody goes after signing in who was on the way nowhere: moderators to their queue."""
        if request.user.has_perm("initiatives.moderate_submission"):
            return reverse("moderate:queue")
        return super().get_login_redirect_url(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the mail of `template_prefix`, whose templates also know what `_common()` gives."""
        links = {name: on_this_site(value) for name, value in context.items() if name.endswith("_url")}
        super().send_mail(template_prefix, email, _common() | context | links)

    @transaction.atomic
    def save_user(self, *args: Any, **kwargs: Any) -> User:
        """Save a new person, or nothing. Raises IntegrityError if somebody with the address was quicker."""
        return super().save_user(*args, **kwargs)

    @transaction.atomic
    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Mark the address as confirmed and return whether it could be.

        A sign-up of somebody else under this address, never confirmed and never used,
        gives way: it would keep the owner from making the address their main one.
        """
        if email_address.can_set_verified():
            others = User.objects.filter(email=email_address.email, last_login=None, is_staff=False, groups=None)
            others.exclude(pk=email_address.user_id).exclude(emailaddress__verified=True).delete()
        return super().confirm_email(request, email_address)


def _common() -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "login_url": on_this_site(reverse("account_login")),
        "password_reset_url": on_this_site(reverse("account_reset_password")),
        "confirmation_days": app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS,
        "reset_days": settings.PASSWORD_RESET_TIMEOUT // 86400,
    }
