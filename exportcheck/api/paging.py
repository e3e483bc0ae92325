"""Paging that stays stable while rows are added."""

from __future__ import annotations

from rest_framework.pagination import CursorPagination


class CappedCursorPagination(CursorPagination):
    """Cursor pages, newest first; `?page_size=` up to 200."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    ordering = "-pk"
