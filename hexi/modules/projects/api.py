"""The front door of the projects room."""

from hexi.modules.projects.contracts import Category, Comparator, Kind, Level, Month, Status
from hexi.modules.projects.derive import derive
from hexi.modules.projects.files import load_programme_file
from hexi.modules.projects.load import load_programme
from hexi.modules.projects.models import Programme
from hexi.modules.projects.report.seams import use_printer

__all__ = [
    "Category",
    "Comparator",
    "Kind",
    "Level",
    "Month",
    "Programme",
    "Status",
    "derive",
    "load_programme",
    "load_programme_file",
    "use_printer",
]
