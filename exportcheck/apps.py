"""The project's own app: commands `up` and `demo`, the admin site, the Celery application."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from exportcheck.celery import app as celery_app


class ExportCheckConfig(AppConfig):
    """Holds the Celery application, so that `shared_task` finds it in every process."""

    name = "exportcheck"
    celery_app = celery_app


class DeskAdminConfig(AdminConfig):
    """The admin site is the reviewers' desk."""

    default_site = "exportcheck.desk_site.DeskSite"
