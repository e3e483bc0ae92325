"""Every URL of the product."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

import licenses.urls
import screening.urls
from exportcheck.api.views import UnknownView

api_urlpatterns = [
    *screening.urls.api_urlpatterns,
    *licenses.urls.api_urlpatterns,
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api_schema"), name="api_docs"),
    re_path(r"", UnknownView.as_view(), name="api_unknown"),
]

urlpatterns = [
    path("", include("licenses.urls")),
    path("", include("screening.urls")),
    path("", include("exportcheck.health")),
    path("", include("exportcheck.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("desk/", admin.site.urls),
    path("api/v1/", include(api_urlpatterns)),
]

handler400 = "exportcheck.api.views.bad_request"
handler403 = "exportcheck.api.views.forbidden"
handler404 = "exportcheck.api.views.not_found"
handler500 = "exportcheck.api.views.failed"
