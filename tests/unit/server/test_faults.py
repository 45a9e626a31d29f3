"""A fault is told by its mark, its class and its place, never by its text."""

import io
import logging
from collections.abc import Iterator

import pytest

from dashboard.server import faults

CANARY = "Daniel told me on Tuesday"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a library's logger writes while our record factory is in force."""
    factory = logging.getLogRecordFactory()
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logger = logging.getLogger("some.library")
    logger.addHandler(handler)
    logging.setLogRecordFactory(faults._record_without_texts)
    yield written
    logging.setLogRecordFactory(factory)
    logger.removeHandler(handler)


def raise_with_client_text() -> None:
    raise ValueError(CANARY)


def test_logged_exception_keeps_class_and_place_but_not_its_text(log: io.StringIO) -> None:
    try:
        raise_with_client_text()
    except ValueError:
        logging.getLogger("some.library").exception("Saving failed for %s", "form")
    assert CANARY not in log.getvalue()
    assert "Traceback" not in log.getvalue()
    assert "Saving failed for form (ValueError at tests/unit/server/test_faults.py:" in log.getvalue()


def test_exception_given_as_an_argument_is_told_by_its_class(log: io.StringIO) -> None:
    logging.getLogger("some.library").error("Failed: %s", KeyError(CANARY))
    assert log.getvalue() == "Failed: KeyError\n"


def test_record_with_named_arguments_is_written_as_before(log: io.StringIO) -> None:
    logging.getLogger("some.library").error("%(what)s failed", {"what": "start"})
    assert log.getvalue() == "start failed\n"


def test_place_is_the_innermost_line_of_our_own_code() -> None:
    with pytest.raises(ValueError, match="Daniel") as caught:
        raise_with_client_text()
    place = faults.place_of(caught.value)
    assert place.startswith("ValueError at tests/unit/server/test_faults.py:")
    assert CANARY not in place


def test_sentence_on_the_screen_holds_the_mark_and_no_promise_about_saving() -> None:
    sentence = faults.MESSAGE.format(reference="E-1a2b")
    assert "E-1a2b" in sentence
    assert "may not be" in sentence
