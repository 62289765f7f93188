"""`manage.py demo`: everything `make demo` needs before it serves."""

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User

PASSWORD = "passerelle-demo"  # noqa: S105 - printed on purpose; these people exist in the demo alone
PEOPLE = {
    "member@example.org": "Mona Member",
    "moderator@example.org": "Ada Moderator",
    "admin@example.org": "Ines Admin",
}


class Command(BaseCommand):
    """Prepares the demo: database, vocabularies, entries, three people. A second call keeps what was entered."""

    help = "Prepare the demo: database, vocabularies, real entries and three people."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, then print the address and the people. Raises CommandError outside a demo."""
        if not settings.DEMO:
            raise CommandError("Demo people exist in a demo only: set DEMO=true.")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("load_catalogue", stdout=self.stdout)
        make_people()
        self.stdout.write(f"\n{settings.SITE_NAME} is at {settings.SITE_URL}\n\nSign in with one of")
        for address in PEOPLE:
            self.stdout.write(f"  {address}")
        self.stdout.write(
            f"password {PASSWORD}\n\nOutgoing mail is written to {settings.VAR_DIR}/mail.\nStop with Ctrl-C."
        )


@transaction.atomic
def make_people() -> None:
    """Make the demo's member, moderator and administrator, if they are missing."""
    for address, name in PEOPLE.items():
        if User.objects.filter(email=address).exists():
            continue
        make = User.objects.create_superuser if address.startswith("admin") else User.objects.create_user
        person = make(address, PASSWORD, name=name)
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
        if address.startswith("moderator"):
            person.groups.add(Group.objects.get(name="Moderators"))
