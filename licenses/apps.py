from django.apps import AppConfig
from django.core.checks import CheckMessage, register

from licenses.output.pdf import check_libraries


class LicensesConfig(AppConfig):
    """Does this export need a license, and may it go ahead?"""

    name = "licenses"

    def ready(self) -> None:
        """`manage.py check` tells which system libraries of the PDFs are missing."""
        register(pdf_libraries)


def pdf_libraries(**_: object) -> list[CheckMessage]:
    """The check in the shape in which Django calls one."""
    return check_libraries()
