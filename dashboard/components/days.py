"""What a date field gives back, as a day or as nothing: Streamlit's own types do not say which."""

from datetime import date

from core.errors import InvalidInput


def day_or_none(given: object) -> date | None:
    """The day of a date field, `None` while it is blank."""
    return given if isinstance(given, date) else None


def needed_day(what: str, given: object) -> date:
    """The day of a date field; `InvalidInput` when it is blank. `what` names it ("session")."""
    day = day_or_none(given)
    if day is None:
        raise InvalidInput(f"The day of the {what} is empty. Nothing was saved; please choose one.")
    return day
