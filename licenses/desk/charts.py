"""Bar charts drawn on the server as SVG. Colors come from classes of the style sheet (strict CSP: no inline style); each has its
table beside it, so that nobody need read a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LABEL_WIDTH, BAR_WIDTH, VALUE_WIDTH = 150, 300, 60
ROW_HEIGHT, BAR_HEIGHT = 26, 16
SERIES = 2
"""Series that a chart can tell apart by class (ec-chart__bar--0, --1)."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A title, the names of one or two series, and rows of (label, a value a series; None = no figure). Series that are parts of
    one whole are `stacked`; others stand below each other."""

    title: str
    series: tuple[str, ...]
    rows: Sequence[tuple[str, tuple[float | None, ...]]]
    unit: str = ""
    note: str = ""
    stacked: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return all(not value for _, values in self.rows for value in values)

    @property
    def svg(self) -> SafeString:
        """The picture; values stand at the end of the bars."""
        widest = sum if self.stacked else max
        highest = max((widest(value or 0 for value in values) for _, values in self.rows), default=0) or 1
        height = ROW_HEIGHT * len(self.rows)
        width = LABEL_WIDTH + BAR_WIDTH + VALUE_WIDTH
        lines = format_html_join("", "{}", ((self._row(number, highest),) for number in range(len(self.rows))))
        return format_html(
            '<svg class="ec-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>', width, height, self.title, lines
        )

    def _row(self, number: int, highest: float) -> SafeString:
        label, values = self.rows[number]
        top = number * ROW_HEIGHT
        middle = top + ROW_HEIGHT / 2 + 4
        start = float(LABEL_WIDTH)
        end = start
        thick = BAR_HEIGHT if self.stacked else BAR_HEIGHT / len(values)
        bars = []
        for index, value in enumerate(values):
            width = BAR_WIDTH * (value or 0) / highest
            down = top + (ROW_HEIGHT - BAR_HEIGHT) / 2 + (0 if self.stacked else index * thick)
            bars.append((index % SERIES, round(start, 1), down, round(width, 1), thick))
            end = max(end, start + width)
            start = end if self.stacked else start
        return format_html(
            '<text class="ec-chart__label" x="{}" y="{}" text-anchor="end">{}</text>{}'
            '<text class="ec-chart__value" x="{}" y="{}">{}</text>',
            LABEL_WIDTH - 8,
            middle,
            label,
            format_html_join(
                "", '<rect class="ec-chart__bar ec-chart__bar--{}" x="{}" y="{}" width="{}" height="{}"></rect>', bars
            ),
            round(end, 1) + 6,
            middle,
            (" + " if self.stacked else " / ").join(figure_text(value) for value in values),
        )

    @property
    def table(self) -> list[tuple[str, list[str]]]:
        """The same figures as rows of text."""
        return [(label, [figure_text(value) for value in values]) for label, values in self.rows]


def figure_text(value: float | None) -> str:
    """A figure as text: whole numbers whole, a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
