"""The ids of the three charted measures; their labels, units and prompts stand in the catalogue."""

ANXIETY = "anxiety_average"
ANXIETY_PEAK = "anxiety_peak"
REASSURANCE = "reassurance_count"
DISTORTIONS = "distortions_total"

COUNTS = (REASSURANCE, DISTORTIONS)
CHARTED = (ANXIETY, REASSURANCE, DISTORTIONS)
