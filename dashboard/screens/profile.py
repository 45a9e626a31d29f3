"""Profile: what the therapist works from, to read first; each block is written in its place."""

from datetime import date
from uuid import UUID

import streamlit as st

from core.catalogue import profile_choices
from core.model.access import Act
from core.model.days import print_day
from core.model.formulation import Formulation
from core.model.people import Client
from core.model.profile import BLOCKS, Block, BlockKind, DatedBlock, Profile
from core.model.unlikely_days import KnownDays
from core.services import clients, sharing
from core.services.access import acts_on
from core.services.accounts import is_alone
from core.services.audit_trail import who_looked
from core.services.changes import save_agreed, save_phases
from core.services.profiles import block_history, client_formulation, save_block
from core.services.thresholds import change_thresholds, reset_thresholds, threshold_settings
from dashboard import runtime
from dashboard.components.client_access import AccessActions, access_block
from dashboard.components.client_record import closing_form, details_form, partner_block, start_level_form
from dashboard.components.messages import saw_change, tell_of_change
from dashboard.components.page import header, needed_client, section
from dashboard.components.phases_form import change_settings
from dashboard.components.profile_beside import events_block, handouts_block, measured_block
from dashboard.components.profile_blocks import Place, earlier_versions, kept_for, read_block, write_block
from dashboard.components.profile_words import WORDS, block_lines
from dashboard.components.sign_numbers import numbers_block
from dashboard.components.who_looked import who_looked_block

PARTNER, MEASURED, EVENTS, HANDOUTS = "partner", "measured", "events", "handouts"
ROWS: tuple[tuple[BlockKind | str, ...], ...] = (
    (BlockKind.GOALS,),
    (BlockKind.HYPOTHESIS, MEASURED),
    (BlockKind.CORE_BELIEFS, BlockKind.TRIGGERS),
    (BlockKind.ORIGINS, BlockKind.STRENGTHS),
    (PARTNER, BlockKind.PRESENT_SAFETY),
    (BlockKind.APPROACH, BlockKind.PRACTICE_PLAN),
    (BlockKind.FIGHT_TOPICS, EVENTS),
    (BlockKind.OBSERVATIONS, BlockKind.OWN_MEASURES),
    (BlockKind.CONSENT, HANDOUTS),
)


def show(client_id: UUID) -> None:
    """Draw the blocks in pairs, and below them what is seldom changed and who looked."""
    page = runtime.load(client_formulation, runtime.catalogue(), client_id)
    client = page.client
    began = f"closed on {print_day(client.closed_on)}" if client.closed_on else ""
    acts = runtime.load(acts_on, client.id)
    writes = Act.WRITE_RECORD in acts
    optional = " Everything here is optional." if writes else ""
    header(
        f"{client.details.name}: profile",
        f"Code {client.code}, {began or f'since {print_day(client.details.started_on)}'}.{optional}",
    )
    tell_of_change(f"profile_{client.id}", client.revision)
    for row in ROWS:
        for column, name in zip(st.columns(len(row), gap="large"), row, strict=True):
            with column:
                _draw(name, page, writes=writes)
    if Act.WRITE_DETAILS in acts:
        _record(client, page.profile, writes=writes)
    if not runtime.load(is_alone):
        _access(client.id, acts)
    if Act.SEE_WHO_LOOKED in acts:
        who_looked_block(runtime.load(who_looked, client.id), runtime.local_time)


def _access(client_id: UUID, acts: frozenset[Act]) -> None:
    """Whose client it is and with whom they are shared, where more than one person works in the practice."""
    actions = None
    if {Act.SHARE, Act.HAND_OVER} <= acts:
        actions = AccessActions(
            readers=runtime.load(sharing.possible_readers, client_id),
            therapists=runtime.load(sharing.possible_therapists, client_id),
            share=lambda with_id: runtime.save(sharing.share_client, client_id, with_id),
            stop=lambda with_id: runtime.save(sharing.stop_sharing, client_id, with_id),
            hand_over=lambda to_id: runtime.save(sharing.hand_over, client_id, to_id),
        )
    if access_block(runtime.load(sharing.client_access, client_id), actions, runtime.local_time):
        st.rerun()


def _draw(name: BlockKind | str, page: Formulation, *, writes: bool) -> None:
    """One place of the page; what is written beside the blocks has a name of its own."""
    kept = kept_for(page.client.id)
    if isinstance(name, BlockKind):
        _draw_block(Place(id=name.value, name=WORDS[name].name, kept=kept, writes=writes), name, page)
    elif name == PARTNER:
        place = Place(id=name, name="partner status", kept=kept, writes=writes)
        partner_block(
            place,
            page.client,
            runtime.today(),
            lambda dated: runtime.save(clients.set_partner_status, page.client.id, dated),
        )
    elif name == MEASURED:
        measured_block(page.dimensions)
    elif name == EVENTS:
        events_block(page.events)
    else:
        handouts_block(page.handouts, runtime.catalogue().handouts)


def _draw_block(place: Place, kind: BlockKind, page: Formulation) -> None:
    catalogue, client_id = runtime.catalogue(), page.client.id
    dated = page.profile.dated(kind)

    def save(content: Block, seen: int, held_from: date) -> DatedBlock:
        return runtime.save(save_block, catalogue, client_id, content, seen=seen, held_from=held_from)

    if place.is_open:
        known = KnownDays.about(page.client.details, runtime.today())
        write_block(place, dated, choices=profile_choices(catalogue, kind), known=known, save=save)
        return
    lines = block_lines(dated.content, catalogue.entries, page.progress) if dated else []
    if read_block(place, dated, lines, BLOCKS[kind]()):
        earlier_versions(runtime.load(block_history, client_id, kind), catalogue.entries)


def _numbers(client_id: UUID) -> None:
    catalogue = runtime.catalogue()
    numbers_block(
        runtime.load(threshold_settings, catalogue, client_id),
        key=f"numbers_{client_id}",
        otherwise="for all",
        save=lambda numbers, seen: runtime.save(change_thresholds, catalogue, client_id, numbers, seen=seen),
        reset=lambda seen: runtime.save(reset_thresholds, catalogue, client_id, seen=seen),
    )


def _record(client: Client, profile: Profile, *, writes: bool) -> None:
    """Details and closing, and for who writes the record the rest that is seldom changed: here, out of the way."""
    today = runtime.today()
    moved, set_anew = None, False
    name = "Client details, start level, phases, closing" if writes else "Client details, closing"
    with st.expander(name, type="compact", key="fold_record"):
        left, right = st.columns(2, gap="large")
        with left:
            edited = details_form(client, today, lambda details: runtime.save(clients.edit_client, client, details))
        with right:
            if writes:
                moved = start_level_form(
                    client, today, lambda day: runtime.save(clients.move_start_level, client.id, day)
                )
            closed = closing_form(
                client,
                today,
                close=lambda day: runtime.save(clients.close_client, client, day),
                reopen=lambda: runtime.save(clients.reopen_client, client),
            )
        if writes:
            set_anew = _settings(client, profile, today)
    changed = edited or moved or closed
    if changed is not None:
        saw_change(f"profile_{changed.id}", changed.revision)
    if changed is not None or set_anew:
        st.rerun()


def _settings(client: Client, profile: Profile, today: date) -> bool:
    """Phases, what was agreed and the numbers of the signs; whether one of the first two was saved."""
    set_anew = change_settings(
        profile,
        KnownDays.about(client.details, today),
        save_phases=lambda phases, seen: runtime.save(save_phases, client.id, phases, seen=seen),
        save_agreed=lambda agreed, seen: runtime.save(save_agreed, client.id, agreed, seen=seen),
    )
    section("How signs are worked out", "for this client")
    _numbers(client.id)
    return set_anew


show(needed_client())
