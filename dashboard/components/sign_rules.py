"""The rules of the six signs in plain words, with the numbers in force and where they come from."""

from core.model.sign_thresholds import SignThresholds


def rule_words(thresholds: SignThresholds) -> str:
    """What every sign is read by, what each takes in beside its answers, and when a state moves."""
    rule, six = thresholds.answers, thresholds.six
    return (
        f"Looked at: the {rule.window_days} days up to today. *No occasion* and *not asked* do not count.\n\n"
        f"- **Not enough recorded**: fewer than {rule.min_asked_days} asked days, or fewer than {rule.min_check_ins} "
        f"check-ins with an answer; or the latest answer is more than {six.unanswered_days} days old.\n"
        f"- **Present**: *often* at {rule.present_often_check_ins} or more check-ins, on {_share(rule.present_share)} "
        "of the asked days or more.\n"
        f"- **Watch**: *often* at {rule.watch_often_check_ins} check-in or more; or *often* or *sometimes* at "
        f"{rule.watch_seen_check_ins} or more, on {_share(rule.watch_share)} of the asked days or more.\n"
        "- **Not seen**: otherwise.\n\n"
        "Beside the answers:\n\n"
        f"- **Reassurance**: {six.reassurance_present_per_week} or more a week together with poor relief is Present; "
        f"{six.reassurance_watch_per_week} or more a week, or poor relief, is Watch. Poor relief needs "
        f"{six.poor_relief_episodes} described episodes: a median of {six.poor_relief_median} of 10 or less, or "
        f"{_share(six.poor_relief_short_share)} of them under {six.poor_relief_minutes} minutes. Reassurance that "
        "helps is not this sign. Where answers are too few, counts can stand for them.\n"
        f"- **Checking**: on {_share(six.checking_present_share)} of the days asked about is Present, on "
        f"{_share(six.checking_watch_share)} Watch.\n"
        f"- **Overthinking**: mind-reading and catastrophizing together {six.overthinking_watch_per_week} or more a "
        "week is Watch.\n"
        f"- **Same fight**: {six.conflict_present_fights} or more fights in 28 days on one topic, told at "
        f"{six.conflict_present_check_ins} or more check-ins, is Present; {six.conflict_watch_fights} or more is "
        "Watch.\n"
        "- **Jealousy** and **friends dropped**: answers only. Pulling away from the partner is never counted as "
        "friends dropped.\n\n"
        f"A state moves when the new one holds at {six.confirm_check_ins} check-ins in a row; until then it *may be* "
        "rising or easing. Too little recorded is said at once.\n\n"
        f"Rules {rule.id} version {rule.version} and {six.id} version {six.version}. Unless a change is named, every "
        f"number is a {rule.threshold_origin}: neither article gives one."
    )


def _share(share: float) -> str:
    return {0.5: "half", 0.25: "a quarter"}.get(share, f"{share:.0%}")
