"""Dates as people write them, to the form that tables hold: 2013, 2013-08 or 2013-08-31."""

from __future__ import annotations

import datetime
import re

from kg.formats.labels import fold

__all__ = ["is_date", "moment", "plain_date", "span"]

_MONTHS = (
    "jan|january|ene|enero|janv|janvier",
    "feb|february|febrero|fev|fevr|fevrier",
    "mar|march|marzo|mars",
    "apr|april|abr|abril|avr|avril",
    "may|mayo|mai",
    "jun|june|junio|juin",
    "jul|july|julio|juil|juillet",
    "aug|august|ago|agosto|aout",
    "sep|sept|september|septiembre|setiembre|septembre",
    "oct|october|octubre|octobre",
    "nov|november|noviembre|novembre",
    "dec|december|dic|diciembre|decembre",
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_YEAR = r"(?P<y>\d{4})"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_YEAR}[-/. ](?P<m>\d\d?)(?:[-/. ](?P<d>\d\d?))?(?:[t ]00:00(?::00(?:\.0+)?)?z?)?",
        rf"(?P<d>\d\d?)\.\s?(?P<m>\d\d?)\.\s?{_YEAR}",
        rf"(?P<m>\d\d?)[-/.]{_YEAR}",
        rf"(?:(?P<d>\d\d?)(?:st|nd|rd|th|er|º|o)?\.?(?: de)? )?(?P<name>[a-z]+)\.?(?: de| del)?,? {_YEAR}",
        rf"(?P<name>[a-z]+)\.? (?P<d>\d\d?)(?:st|nd|rd|th)?,? {_YEAR}",
        rf"(?P<d>\d\d?)[-/](?P<name>[a-z]+)[-/]{_YEAR}",
    )
)
_EITHER = re.compile(rf"(?P<a>\d\d?)[-/](?P<b>\d\d?)[-/]{_YEAR}")


def _joined(year: int, month: int, day: int) -> str | None:
    if not day:
        return (f"{year:04}-{month:02}" if month else f"{year:04}") if 0 <= month <= 12 and year else None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def is_date(text: str) -> bool:
    """True for a year, a month or a day of the calendar, in the form that tables hold.

    >>> is_date("2013"), is_date("2013-08-31"), is_date("2013-02-30"), is_date("2016-99"), is_date("August 2013")
    (True, True, False, False, False)
    """
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    if not found:
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def plain_date(text: str) -> str | None:
    """The date that a text surely means; None where it means none or may mean two, such as 3/4/2013.

    >>> plain_date("31/08/2013"), plain_date("agosto de 2013"), plain_date("2018-12-00"), plain_date("3/4/2013")
    ('2013-08-31', '2013-08', '2018-12', None)
    """
    folded = fold(text)
    if found := _EITHER.fullmatch(folded):
        a, b, year = int(found["a"]), int(found["b"]), int(found["y"])
        dates = {d for d in (_joined(year, b, a), _joined(year, a, b)) if d}
        return dates.pop() if len(dates) == 1 else None
    for form in _FORMS:
        if found := form.fullmatch(folded):
            parts = found.groupdict()
            month = _NUMBERS.get(parts["name"], -1) if parts.get("name") else int(parts["m"])
            return _joined(int(parts["y"]), month, int(parts.get("d") or 0)) if month >= 0 else None
    return None


_OPEN = re.compile(r"[-+]?inf(inity)?|\*|", re.IGNORECASE)
_SPAN = re.compile(r"<?\s*[\[(\]]([^\[\]()<>]*)[\])\[]\s*>?")
_PARTED = re.compile(r"[,;]|(?<=\d)-(?=\d{4}(?:\D|$)|\*)")


def span(text: str) -> tuple[str, str] | None:
    """First and last date of the one time that a text means, as Gephi and Pajek write it; empty where it is open.

    None where it means none, several or moments that are no dates of the calendar.

    >>> span("<[2001.0, 2003.0]>"), span("<[2001-05-01, Infinity]>"), span("[1999-2004]"), span("<[1.0, 2.0]; [3.0, 4.0]>")
    (('2001', '2003'), ('2001-05-01', ''), ('1999', '2004'), None)
    """
    found = _SPAN.fullmatch(text.strip())
    parts = [p.strip() for p in _PARTED.split(found[1])] if found else []
    if not 1 <= len(parts) <= 2:
        return None
    start, end = moment(parts[0]), moment(parts[-1])
    return None if start is None or end is None or not (start or end) else (start, end)


def moment(text: str) -> str | None:
    """The date that one end of a time means; empty where it is open, None where it is no date of the calendar.

    >>> moment("2001.0"), moment("2003-05-01T00:00:00"), moment("-Infinity"), moment("17.5")
    ('2001', '2003-05-01', '', None)
    """
    text = re.sub(r"(?<=^\d{4})\.0*$", "", text.strip())
    if _OPEN.fullmatch(text):
        return ""
    text = re.sub(r"T.*$", "", text)
    return text if is_date(text) else plain_date(text)
