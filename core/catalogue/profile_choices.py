"""Which entries of the catalogue each block of a profile may name."""

from collections.abc import Mapping
from types import MappingProxyType

from core.catalogue.loading import Catalogue
from core.model.catalogue_entries import Entry
from core.model.profile import BlockKind

FAMILIES: Mapping[BlockKind, tuple[str, ...]] = MappingProxyType(
    {
        BlockKind.HYPOTHESIS: ("attachment_patterns",),
        BlockKind.CORE_BELIEFS: ("core_beliefs",),
        BlockKind.TRIGGERS: ("triggers",),
        BlockKind.ORIGINS: ("origins",),
        BlockKind.APPROACH: ("approaches",),
        BlockKind.PRACTICE_PLAN: ("habits", "communication", "self_compassion", "practices", "protective_factors"),
    }
)
# The referral signs that no record can show; the others are read from check-ins and questionnaires.
OBSERVED = ("rf_unmanageable", "rf_repeats_across", "rf_life_disruption")


def profile_choices(catalogue: Catalogue, kind: BlockKind) -> Mapping[str, tuple[Entry, ...]]:
    """The entries that a block of this kind may name, by the label of their family; empty where it names none."""
    if kind is BlockKind.OBSERVATIONS:
        return {catalogue.families["referral_signs"].label: tuple(catalogue.entries[name] for name in OBSERVED)}
    families = (catalogue.families[name] for name in FAMILIES.get(kind, ()))
    return {family.label: family.entries for family in families}


def practice_names(catalogue: Catalogue) -> Mapping[str, str]:
    """The label of everything that a practice plan may name, by id."""
    choices = profile_choices(catalogue, BlockKind.PRACTICE_PLAN)
    return {entry.id: entry.label for entries in choices.values() for entry in entries}
