"""The latest of the client's own words from check-ins that named a distortion; chosen, and nothing read out of them."""

from collections.abc import Iterator

from core.analysis.exposure import CheckInRecords, counting
from core.model.check_in import CheckIn
from core.model.days import Window
from core.model.distortions import ThoughtExample
from core.model.records import Recorded

BALANCED = "pr_restructuring"
MOST_EXAMPLES = 3


def latest_examples(records: CheckInRecords, view: Window) -> tuple[ThoughtExample, ...]:
    """The newest three check-ins that end within `view`, named a distortion and hold words of the client; newest first.

    A balanced thought is what the check-in says of that practice. Source: clinical design of the project; the number
    of examples is a project default.
    """
    return tuple(_example(record) for record, _ in zip(_with_words(records, view), range(MOST_EXAMPLES), strict=False))


def _with_words(records: CheckInRecords, view: Window) -> Iterator[Recorded[CheckIn]]:
    for span in reversed(counting(records).whole):
        content = span.content
        if (content.client_words or "").strip() and content.distortions_total and content.period_end in view:
            yield span.record


def _example(record: Recorded[CheckIn]) -> ThoughtExample:
    content = record.content
    practised = content.full.practised or {}
    named = [(kind, count) for kind, count in content.distortions_by_kind.items() if count]
    return ThoughtExample(
        ref=record.ref,
        days=content.period,
        words=(content.client_words or "").strip(),
        kinds=tuple(sorted(named, key=lambda item: (-item[1], item[0]))),
        unsorted=content.distortions_unsorted or 0,
        balanced=BALANCED in practised,
        balanced_days=practised.get(BALANCED),
    )
