"""The console's own addresses; each loop brings its own."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.generic import RedirectView

from guanjian.web import catalogue, custody, demo, language, leave, messages, unlocking
from guanjian.web.administration import accounts, audit, mandates, settings_pages, systems
from guanjian.web.home import home
from guanjian.web.query import export_query, export_queue, query
from guanjian.web.search import search

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("query/", query, name="query"),
    path("query/export/", export_query, name="query_export"),
    path("export/<slug:loop>/", export_queue, name="queue_export"),
    path("leave/", leave.leave, name="leave"),
    path("leave/<int:pk>/end/", leave.end, name="leave_end"),
    path("messages/", messages.told, name="messages"),
    path("messages/read/", messages.read, name="messages_read"),
    path("messages/ways/", messages.ways, name="message_ways"),
    path("messages/<int:pk>/", messages.follow, name="message"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("language/", language.choose, name="language"),
    path("demo/", demo.choose, name="demo"),
    path("custody/", custody.desk, name="custody"),
    path("custody/begin/", custody.begin, name="custody_begin"),
    path("custody/<slug:what>/<int:pk>/", custody.decide, name="custody_decide"),
    path("office/holidays/", settings_pages.holidays, name="holidays"),
    path("office/parameters/", settings_pages.parameters, name="parameters"),
    path("office/jobs/", settings_pages.jobs, name="jobs"),
    path("office/accounts/", accounts.accounts, name="accounts"),
    path("office/accounts/<int:pk>/", accounts.account, name="account"),
    path("office/accounts/<int:pk>/<slug:what>/", accounts.change, name="account_change"),
    path("office/mandates/", mandates.mandates, name="mandates"),
    path("office/mandates/<int:pk>/<slug:what>/", mandates.decide, name="mandate_decide"),
    path("office/systems/", systems.systems, name="systems"),
    path("office/systems/<int:pk>/", systems.system, name="system"),
    path("office/systems/<int:pk>/<slug:what>/", systems.change, name="system_change"),
    path("office/ledger/", audit.entries, name="entries"),
    path("office/verification/", audit.verification, name="verification"),
    path("account/signin/", account.login, name="account_login"),
    path("account/signout/", account.logout, name="account_logout"),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/unlock/", unlocking.unlock, name="account_unlock"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/factors/", factors.index, name="mfa_index"),
    path("account/factors/check/", factors.authenticate, name="mfa_authenticate"),
    path("account/factors/again/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("account/factors/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/factors/app/kept/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_deactivate_totp"),
    path("account/factors/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/factors/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/factors/codes/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
