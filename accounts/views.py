"""What an account page does otherwise than allauth's."""

from typing import Any

from allauth.account.forms import SignupForm
from allauth.account.views import ConfirmEmailView, SignupView
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse


class SignUp(SignupView):
    """Creates an account; of two sign-ups at once (a double click) the second hears that there is one already."""

    def form_valid(self, form: SignupForm) -> HttpResponse:
        """Create the account and send the confirmation link."""
        try:
            return super().form_valid(form)
        except IntegrityError:
            form.account_already_exists = True
            return super().form_valid(form)


class ConfirmAddress(ConfirmEmailView):
    """Shows a button, which confirms an address.

    Pressed twice, or too late, it shows what to do now instead of "Not found".
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm the address that the key stands for."""
        try:
            return super().post(request, *args, **kwargs)
        except Http404:
            return self.get(request, *args, **kwargs)
