"""Django's createsuperuser, for a site where nobody signs in with an unconfirmed address."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.management.commands import createsuperuser
from django.db.models import Max

from accounts.models import User


class Command(createsuperuser.Command):
    """Makes an administrator, whose address needs no confirmation: whoever has the shell vouches for it.

    Without this the first administrator could not sign in before mail works.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the administrator as Django does, then mark the address as confirmed."""
        newest = User.objects.aggregate(pk=Max("pk"))["pk"] or 0
        super().handle(*args, **options)
        for person in User.objects.filter(pk__gt=newest, is_superuser=True):
            EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
