"""Addresses of the exporter's pages and of the licenses API."""

from django.urls import path

from licenses import api
from licenses.views import actions, check, draft, home, lookups, parts

urlpatterns = [
    path("", home.home, name="home"),
    path("applications/new/", draft.draft_new, name="draft_new"),
    path("applications/sample/", actions.sample_application, name="sample_application"),
    path("applications/<slug:reference>/", check.result, name="result"),
    path("applications/<slug:reference>/check/", check.check_start, name="check_start"),
    path("applications/<slug:reference>/progress/", check.check_progress, name="check_progress"),
    path("applications/<slug:reference>/result.json", check.result_json, name="result_json"),
    path("applications/<slug:reference>/copy/", actions.application_copy, name="application_copy"),
    path("applications/<slug:reference>/withdraw/", actions.application_withdraw, name="application_withdraw"),
    path("applications/<slug:reference>/edit/<slug:page>/", draft.draft_page, name="draft_page"),
    path("applications/<slug:reference>/parties/add/", parts.party_edit, name="party_add"),
    path("applications/<slug:reference>/parties/preview/", parts.party_preview, name="party_preview"),
    path("applications/<slug:reference>/parties/<str:key>/", parts.party_edit, name="party_edit"),
    path("applications/<slug:reference>/parties/<str:key>/remove/", parts.party_remove, name="party_remove"),
    path("applications/<slug:reference>/items/add/", parts.item_edit, name="item_add"),
    path("applications/<slug:reference>/items/preview/", parts.item_preview, name="item_preview"),
    path("applications/<slug:reference>/items/<str:key>/", parts.item_edit, name="item_edit"),
    path("applications/<slug:reference>/items/<str:key>/remove/", parts.item_remove, name="item_remove"),
    path("applications/<slug:reference>/documents/add/", actions.document_add, name="document_add"),
    path("applications/<slug:reference>/documents/<int:document_id>/", actions.document_get, name="document_get"),
    path("applications/<slug:reference>/documents/<int:document_id>/remove/", actions.document_remove, name="document_remove"),
    path("questions/<int:question_id>/", actions.question_answer, name="question_answer"),
    path("screen/", lookups.name_screen, name="name_screen"),
    path("eccn/", lookups.eccn_search, name="eccn_search"),
    path("eccn/<str:eccn>/", lookups.eccn_page, name="eccn_page"),
]

api_urlpatterns = [
    path("determine", api.DetermineView.as_view(), name="api_determine"),
    path("precheck", api.PrecheckView.as_view(), name="api_precheck"),
    path("applications", api.ApplicationsView.as_view(), name="api_applications"),
    path("applications/<slug:reference>", api.ApplicationView.as_view(), name="api_application"),
    path("applications/<slug:reference>/check", api.CheckView.as_view(), name="api_application_check"),
    path("applications/<slug:reference>/report", api.LatestReportView.as_view(), name="api_application_latest_report"),
    path("applications/<slug:reference>/reports/<int:number>", api.ReportView.as_view(), name="api_application_report"),
]
