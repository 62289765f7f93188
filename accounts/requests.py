"""What a view knows of a request once it is sure who asks."""

from django.http import HttpRequest

from accounts.models import User


class AuthenticatedHttpRequest(HttpRequest):
    """A request of a person who is signed in."""

    user: User
