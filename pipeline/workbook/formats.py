"""How the workbook looks: the formats all sheets share."""

from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

POSITION_COLOURS = {
    "supported": "#CFE6F5", "noted": "#F9D9A8", "partially_supported": "#E3D5EC", "pending": "#FFF6B3",
    "unknown": "#E4E4E4",
}  # fmt: skip
"""Tints that stay apart for colour-blind readers; the word stands in the cell as well."""


@dataclass(frozen=True)
class Formats:
    """The formats all sheets share."""

    header: Format
    text: Format
    indented: Format
    wrapped: Format
    score: Format
    count: Format
    plain: Format
    day: Format
    guarded: Format
    guarded_wrapped: Format
    title: Format
    note: Format
    link: Format
    bold: Format
    total: Format
    section: Format
    positions: dict[str, Format]


def formats(book: Workbook) -> Formats:
    """Return the shared formats, added to `book`."""
    top = {"valign": "top"}
    return Formats(
        header=book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79", "text_wrap": True,
                                "valign": "vcenter", "border": 1, "border_color": "#FFFFFF"}),
        text=book.add_format(top),
        indented=book.add_format({**top, "indent": 1}),
        wrapped=book.add_format({**top, "text_wrap": True}),
        score=book.add_format({**top, "num_format": "0.00", "align": "center"}),
        count=book.add_format({**top, "num_format": "#,##0", "align": "right", "indent": 1}),
        plain=book.add_format({**top, "num_format": "0", "align": "center"}),
        day=book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
        guarded=book.add_format({**top, "quote_prefix": True}),
        guarded_wrapped=book.add_format({**top, "quote_prefix": True, "text_wrap": True}),
        title=book.add_format({"bold": True, "font_size": 16, "font_color": "#1F4E79"}),
        note=book.add_format({**top, "text_wrap": True}),
        link=book.add_format({**top, "font_color": "#0B5394", "underline": 1}),
        section=book.add_format({"bold": True, "font_size": 12, "font_color": "#1F4E79"}),
        bold=book.add_format({**top, "bold": True, "top": 1}),
        total=book.add_format(
            {**top, "bold": True, "num_format": "#,##0", "top": 1, "align": "right", "indent": 1}
        ),
        positions={name: book.add_format({"bg_color": tint}) for name, tint in POSITION_COLOURS.items()},
    )  # fmt: skip
