"""Every register in Django's admin, made from its declaration: to look up, never to change.

Changes go through the desk, where they are checked and leave an event. What is shown here is what the same person sees at the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect

from hexi.core.data.documents import may
from hexi.core.data.entities import Description, describe
from hexi.core.data.filters import Query, condition_of
from hexi.core.data.paging import Order
from hexi.core.data.parameters import tuned_context
from hexi.core.data.records import readable, seen
from hexi.core.data.sheets import cell_of
from hexi.core.data.showing import shown, sight_of
from hexi.core.data.sql import to_q
from hexi.core.trust.api import viewer_of
from hexi.kernel.catalogue import catalogue

Shown = Callable[[Any], Any]


class RegisterAdmin(admin.ModelAdmin):
    """One register, read only: the same permission, masks and search as at the desk."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-pk",)

    @property
    def about(self) -> Description:
        return describe(self.model)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and may(viewer_of(request), self.about, "read")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return False  # `?phone__startswith=138` in the address bar would tell a masked value digit by digit

    def get_queryset(self, request: HttpRequest) -> Any:
        return readable(viewer_of(request), self.model)

    def get_search_fields(self, request: HttpRequest) -> Any:
        return ["pk"] if self.about.search_fields() else []  # shows the box; what is searched is the desk's own

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        asked = condition_of(viewer_of(request), self.about, Query(q=search_term))
        return queryset.filter(to_q(asked, tuned_context())), False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        found = super().get_changelist_instance(request)
        sight = sight_of(viewer_of(request), self.about, self.about.columns)
        page = self.model._default_manager.filter(pk__in=[row.pk for row in found.result_list])
        rows = sight.fetch(page, Order(self.about.key, "id", True))
        request.hexi_rows = {row["id"]: row for row in shown(sight, list(rows))}
        return found

    def get_list_display(self, request: HttpRequest) -> Any:
        return ("pk", *(self._column(request, name, lambda row: request.hexi_rows[row.pk]) for name in self.about.columns))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if not hasattr(request, "hexi_fields"):
            viewer = viewer_of(request)
            row = seen(viewer, self.about, obj.pk).row if obj else {}
            request.hexi_fields = [self._column(request, name, lambda _: row) for name in self.about.fields]
        return request.hexi_fields

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        return HttpResponseRedirect(f"/work/records/{self.about.key}/{object_id}")  # the history that counts stands there

    def _column(self, request: HttpRequest, name: str, row_of: Shown) -> Shown:
        language = viewer_of(request).language

        def column(row: Any) -> Any:
            return cell_of(self.about, name, row_of(row), language)

        column.short_description = self.about.fields[name].label.said(language)
        column.__name__ = name
        return column


for entity in catalogue.entities.values():
    if not admin.site.is_registered(entity):
        label = describe(entity).label
        entity._meta.verbose_name = entity._meta.verbose_name_plural = f"{label.zh} {label.en}"
        admin.site.register(entity, RegisterAdmin)
