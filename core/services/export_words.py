"""What the fields of a record are called where people read it, and the words for what stands in them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from core.model import words
from core.model.profile import BlockKind

ALONE_FOR_PROGRAMS = frozenset({"id", "revision", "place", "key", "synthetic"})
"""Fields that tell a reader nothing: ids, counters of saves and places in a row. They stand in the JSON."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "code": "Code",
        "name": "Name",
        "started_on": "Work began",
        "birth_year": "Year of birth",
        "pronouns": "Pronouns",
        "closed_on": "Closed",
        "start_level_from": "Start level moved to",
        "since": "Since",
        "status": "Status",
        "number": "Number",
        "day": "Day",
        "starts_at": "Begins at",
        "minutes": "Minutes",
        "words": "Words",
        "withdrawn": "Withdrawn",
        "handout": "Handout",
        "given_by": "Given by",
        "therapist_id": "Who",
        "shared_by": "Shared by",
        "ended_at": "Until",
        "role": "Role",
        "version": "Version",
        "kind": "Kind",
        "held_from": "Holds from",
        "recorded_at": "Written down",
        "recorded_on": "Day of writing",
        "recorded_by": "Written down by",
        "reason": "Why it was changed",
        "period_end": "Last day of the period",
        "period_days": "Days in the period",
        "source": "Where it comes from",
        "reassurance_count_kind": "How exact the count is",
        "distortions_unsorted": "Distortions not sorted by kind",
        "client_words": "In the client's words",
        "note": "Therapist's remark",
        "anxiety_now": "Anxiety now",
        "checking_days": "Days with checking",
        "conflicts": "Fights",
        "repeated_conflicts": "Of these the same fight again",
        "conflict_topic": "What the fight was about",
        "withdrew": "Pulled away",
        "avoided_talks": "Avoided talks",
        "avoided_decisions": "Avoided decisions",
        "part_of_day": "Part of the day",
        "whom": "Who was asked",
        "how": "How",
        "relief": "Relief, 0 to 10",
        "relief_minutes": "Minutes that relief lasted",
        "ended": "How relief ended",
        "same_worry": "The same worry again",
        "questionnaire": "Questionnaire",
        "questionnaire_version": "Version of the form",
        "answered_by": "Answered by",
        "mode": "How it was filled in",
        "language": "Language",
        "item": "Question",
        "value": "Answer",
        "not_applicable": "Does not apply",
        "scale": "Scale",
        "action": "What was done",
        "written_at": "Written",
        "written_by": "Written by",
        "session_id": "Session",
        "saved_at": "Saved",
        "saved_by": "Saved by",
        "signed_at": "Signed",
        "signed_by": "Signed by",
        "signed_name": "Name under it",
        "content_hash": "Check sum of the signed text",
        "section": "Section",
        "subject": "About",
        "template": "Form of the note",
        "text": "Statement",
        "entry": "As the documents name it",
        "ended_on": "Ended",
        "known_from": "How it is known",
        "pattern": "Pattern",
        "concern": "Concern",
        "asked_on": "Asked on",
        "told_on": "Told on",
        "approaches": "Approaches",
        "practices": "Practices",
        "every_days": "Every how many days",
        "points": "Points",
        "percent": "Percent",
        "prompt": "Prompt",
        "answer": "Answer",
        "by": "By",
        "author": "By",
        "client_id": "Client",
        "folder": "Folder for backups",
        "years": "Years after the last contact",
        "first_day": "First day",
        "zone": "Time zone",
        "made_on": "Set up on",
        "made_at": "Set up at",
        "idle_minutes": "Minutes until the screen locks",
    }
)

BLOCKS: Mapping[BlockKind, str] = MappingProxyType(
    {
        BlockKind.GOALS: "Goals",
        BlockKind.HYPOTHESIS: "Working hypothesis",
        BlockKind.CORE_BELIEFS: "Core beliefs",
        BlockKind.TRIGGERS: "Triggers",
        BlockKind.ORIGINS: "Origins",
        BlockKind.STRENGTHS: "Strengths",
        BlockKind.PRESENT_SAFETY: "Safety now",
        BlockKind.APPROACH: "Approach",
        BlockKind.PRACTICE_PLAN: "Plan of habits and practices",
        BlockKind.FIGHT_TOPICS: "Topics of fights",
        BlockKind.OBSERVATIONS: "Observations",
        BlockKind.CONSENT: "What the client was told about records",
        BlockKind.OWN_MEASURES: "Measures of the client's own",
        BlockKind.QUESTIONNAIRES: "Plan of questionnaires",
        BlockKind.PHASES: "Phases of the work",
        BlockKind.AGREED: "Smallest difference agreed on",
        BlockKind.PROMPT_ANSWERS: "Answered prompts",
        BlockKind.THRESHOLDS: "Changed numbers of the signs",
        BlockKind.BACKUPS: "Backups",
        BlockKind.RETENTION: "How long records are kept",
    }
)

MARKS: Mapping[str, str] = MappingProxyType(
    {
        "reaction": "Reactions",
        "body_sign": "In the body",
        "trigger": "Triggers",
        "practised": "Practised (days)",
        "goal": "Progress of goals, 0 to 10",
        "own_measure": "Own measures",
    }
)


def _by_word(choices: Mapping[Any, str]) -> dict[str, str]:
    return {choice.value: said for choice, said in choices.items()}


_ANSWERS = {choice.value: said for choice, said in words.ANSWER_WORDS.items() if choice is not None}

CHOICES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "status": {**_by_word(words.PARTNER_WORDS), **_by_word(words.SESSION_WORDS)},
        "role": _by_word(words.ROLE_WORDS),
        "source": _by_word(words.SOURCE_WORDS),
        "reassurance_count_kind": _by_word(words.COUNT_KIND_WORDS),
        "part_of_day": _by_word(words.PART_OF_DAY_WORDS),
        "whom": _by_word(words.WHOM_WORDS),
        "how": _by_word(words.HOW_WORDS),
        "ended": _by_word(words.ENDED_WORDS),
        "withdrew": _ANSWERS,
        "avoided_talks": _ANSWERS,
        "avoided_decisions": _ANSWERS,
        "sign": _ANSWERS,
        "answered_by": _by_word(words.ANSWERED_BY_WORDS),
        "mode": _by_word(words.MODE_WORDS),
        "action": _by_word(words.SAFETY_ACTION_WORDS),
        "known_from": _by_word(words.HOW_KNOWN_WORDS),
        "concern": _by_word(words.SAFETY_CONCERN_WORDS),
        "kind": _by_word(words.OWN_MEASURE_WORDS),
        "answer": _by_word(words.PROMPT_ANSWER_WORDS),
        "reaction": _by_word(words.REACTION_WORDS),
        "body_sign": _by_word(words.BODY_SIGN_WORDS),
    }
)
"""The words for the fixed choices of a field; `sign` stands for each of the six."""
