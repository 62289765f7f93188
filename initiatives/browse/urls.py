"""The public addresses of the catalogue."""

from django.urls import path

from initiatives.browse import feeds, views
from initiatives.caching import public

app_name = "browse"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("initiatives/", views.initiative_list, name="list"),
    path("initiatives/<slug:slug>/", views.entry, name="entry"),
    path("themes/", views.theme_list, name="themes"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("themes/<slug:slug>/feed.atom", public(feeds.ThemeFeed()), name="theme_feed"),
    path("channels/<slug:slug>/", views.channel, name="channel"),
    path("channels/<slug:slug>/feed.atom", public(feeds.ChannelFeed()), name="channel_feed"),
    path("countries/<str:code>/", views.country, name="country"),
    path("countries/<str:code>/feed.atom", public(feeds.CountryFeed()), name="country_feed"),
    path("cities/<slug:slug>/", views.city, name="city"),
    path("cities/<slug:slug>/feed.atom", public(feeds.CityFeed()), name="city_feed"),
    path("feeds/initiatives.atom", public(feeds.AllFeed()), name="feed"),
]
