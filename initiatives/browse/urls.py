"""The public addresses of the catalogue."""

from django.urls import path

from initiatives.browse import about, chosen, coverage, feeds, files, history, offline, statistics, views, worldview
from initiatives.caching import public

app_name = "browse"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", about.about, name="about"),
    path("about/submitting/", about.submitting, name="submitting"),
    path("about/moderation/", about.moderation, name="moderation"),
    path("about/data/", about.data, name="data"),
    path("about/privacy/", about.privacy, name="privacy"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("initiatives/", views.initiative_list, name="list"),
    path("initiatives/map/", worldview.initiative_map, name="map"),
    path("initiatives/coverage/", coverage.coverage, name="coverage"),
    path("initiatives/coverage.csv", coverage.coverage_csv, name="coverage_csv"),
    path("initiatives/statistics/", statistics.statistics, name="statistics"),
    path("initiatives/<slug:slug>/", views.entry, name="entry"),
    path("initiatives/<slug:slug>/history/", history.history, name="history"),
    path("initiatives/<slug:slug>/history/compare/", history.compare, name="compare"),
    path("initiatives/<slug:slug>/history/<int:number>/", history.version, name="version"),
    path("compare/", chosen.compare, name="compare_entries"),
    path("shortlist/", chosen.shortlist, name="shortlist"),
    path("themes/", views.theme_list, name="themes"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("themes/<slug:slug>/feed.atom", public(feeds.ThemeFeed()), name="theme_feed"),
    path("channels/<slug:slug>/", views.channel, name="channel"),
    path("channels/<slug:slug>/feed.atom", public(feeds.ChannelFeed()), name="channel_feed"),
    path("countries/<str:code>/", views.country, name="country"),
    path("countries/<str:code>/feed.atom", public(feeds.CountryFeed()), name="country_feed"),
    path("cities/<slug:slug>/", views.city, name="city"),
    path("files/<str:key>/<str:name>", files.file, name="file"),
    path("cities/<slug:slug>/feed.atom", public(feeds.CityFeed()), name="city_feed"),
    path("feeds/initiatives.atom", public(feeds.AllFeed()), name="feed"),
    path("offline/", offline.offline, name="offline"),
]
