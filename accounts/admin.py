"""People in the administration, and the door to it."""

from __future__ import annotations

from allauth.account import admin as allauth_admin
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User

# One way in, with one set of limits: the administration's own form has none.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = settings.SITE_NAME
# Whoever may add an address to somebody's account can reset its password: that goes by people alone.
admin.site.unregister(allauth_admin.EmailAddress)


class PersonAdditionForm(AdminUserCreationForm):
    """Adds a person by address; without a password, they set one with "Forgot your password?"."""

    class Meta:
        model = User
        fields = ("email", "name")


class PersonChangeForm(UserChangeForm):
    """Changes a person."""

    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People who sign in with an e-mail address.

    Only an administrator with every right may give or take rights, and nobody may touch
    somebody with a right they lack: otherwise "may change people" would mean "may do anything".
    """

    form = PersonChangeForm
    add_form = PersonAdditionForm
    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    search_fields = ("email", "name")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "name", "usable_password", "password1", "password2")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Return what `request.user` may see but not change."""
        rights = [] if request.user.is_superuser else ["is_staff", "is_superuser", "groups", "user_permissions"]
        return [*self.readonly_fields, *rights]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Return whether `request.user` may change `obj`."""
        return _may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Return whether `request.user` may delete `obj`."""
        return _may_touch(request, obj) and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        """Save; the address that a new one takes the place of opens the account no longer."""
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            EmailAddress.objects.filter(user=obj, email=form.initial["email"].lower()).delete()


def _may_touch(request: HttpRequest, person: User | None) -> bool:
    if person is None or request.user.is_superuser:
        return True
    return not person.is_superuser and _rights(person) <= _rights(request.user)


def _rights(person: User | AnonymousUser) -> set[int]:
    # Not Django's get_all_permissions(): whoever is not active has none there, and may be made active again.
    held = Permission.objects.filter(Q(user=person) | Q(group__user=person))
    return set(held.values_list("pk", flat=True))
