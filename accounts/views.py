"""What an account page does otherwise than allauth's."""

from typing import Any

from allauth.account.views import ConfirmEmailView
from django.http import Http404, HttpRequest, HttpResponseBase


class ConfirmAddress(ConfirmEmailView):
    """Shows a button, which confirms an address.

    Pressed twice, or too late, it shows what to do now instead of "Not found".
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Confirm the address that the key stands for."""
        try:
            return super().post(request, *args, **kwargs)
        except Http404:
            return self.get(request, *args, **kwargs)
