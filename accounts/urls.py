"""Addresses of sign-up, sign-in, addresses and passwords, under allauth's own names (account_login…)."""

from django.urls import include, path, re_path

from accounts import views

urlpatterns = [
    path("signup/", views.SignUp.as_view(), name="account_signup"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", views.ConfirmAddress.as_view(), name="account_confirm_email"),
    path("", include("allauth.account.urls")),
]
