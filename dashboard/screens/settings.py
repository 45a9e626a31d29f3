"""Settings: where the data live, by which numbers signs are worked out, and the way to the other practice."""

import streamlit as st

from core.model.access import Act, Role, allowed_relations
from core.model.days import print_day
from core.model.people import Client
from core.model.sign_ins import hash_of
from core.model.words import ROLE_WORDS
from core.services import sign_ins
from core.services.access import acts_in_practice, acts_open
from core.services.accounts import list_accounts
from core.services.retention import choose_years, past_retention, years_kept
from core.services.thresholds import change_thresholds, reset_thresholds, threshold_settings
from dashboard import runtime, selection
from dashboard.components.account import Account, AccountActions, account_section
from dashboard.components.accounts import accounts_section
from dashboard.components.backup_settings import BackupActions, backup_section
from dashboard.components.explain import explain_link
from dashboard.components.page import DOCUMENTS_PAGE, header, section, small
from dashboard.components.retention import RetentionActions, retention_section
from dashboard.components.sign_numbers import numbers_block
from dashboard.components.text import literal

EXPORT_PAGE, ERASE_PAGE, RESTORE_PAGE = "/auth/export", "/auth/erase", "/auth/restore"


def show() -> None:
    """Draw what is set; the numbers of the signs can be changed here, for all clients."""
    place, acts = runtime.needed_workplace(), runtime.load(acts_in_practice)
    header("Settings", literal(place.practice.details.name))
    left, right = st.columns(2, gap="large")
    with left:
        _practice(place)
        _account()
        if Act.MANAGE_ACCOUNTS in acts and not place.practice.synthetic:
            accounts_section(runtime.load(list_accounts), leave_for=runtime.leave_for, local=runtime.local_time)
        section("Another practice")
        if st.button("Open or set up another, or look at the synthetic one", type="tertiary"):
            runtime.leave_for(runtime.SIGN_IN_PAGE)
    with right:
        section("How signs are worked out")
        if Act.CHANGE_SETTINGS in acts:
            _numbers()
        else:
            small("The numbers for all clients are set by the owner of the practice.")
        explain_link("how_sign_state", key="settings", label="State of a warning sign: the rule with its defaults")
        _questionnaires()
        if not place.practice.synthetic:
            _kept_records(place.actor.role, acts)


def _questionnaires() -> None:
    catalogue = runtime.catalogue()
    section("Questionnaires", f"{len(catalogue.questionnaires)} defined")
    for notice in catalogue.notices:
        st.warning(literal(notice))
    st.page_link(DOCUMENTS_PAGE, label="Each with its licence, scoring and source")


def _practice(place: runtime.Workplace) -> None:
    section("Practice")
    st.markdown(
        f"{ROLE_WORDS[place.actor.role].capitalize()}: {literal(place.actor.name)}  \n"
        f"Time zone: {literal(place.practice.details.zone)}  \nSet up: {print_day(place.practice.made_on)}"
    )
    section("Where the data live")
    st.text(place.store.location_label)
    small(_where(synthetic=place.practice.synthetic))


def _kept_records(role: Role, acts: frozenset[Act]) -> None:
    """What is done with the records of one's own practice as a whole, as far as it is this person's."""
    if Act.BACK_UP in acts:
        _backups()
    if allowed_relations(role, Act.EXPORT_CLIENT):
        _export_and_erase()
    if Act.CHANGE_SETTINGS in acts:
        _retention()


def _where(*, synthetic: bool) -> str:
    if synthetic:
        return "Not encrypted: everybody in it is invented. Nothing leaves this computer."
    if runtime.keeps_to_this_computer():
        return "Encrypted on this disk. Nothing leaves this computer."
    return "Your own practice lives on the database server that this program was started with, not encrypted by it."


def _backups() -> None:
    backups = runtime.backups()
    actions = BackupActions(
        back_up=backups.back_up_now,
        choose=lambda folder, seen: backups.choose_folder(folder, seen=seen),
        restore=lambda: runtime.leave_for(RESTORE_PAGE),
        local=runtime.local_time,
    )
    backup_section(backups.state(), actions, today=runtime.today())


def _export_and_erase() -> None:
    client_id = selection.chosen_client()
    acts = runtime.load(acts_open, client_id)
    exports, erases = ({Act.EXPORT_CLIENT, Act.EXPORT_PRACTICE} & acts, Act.ERASE_CLIENT in acts)
    if client_id is not None and not (exports or erases):
        return  # the client whose pages are open is somebody else's
    section("Export and erase")
    st.space(1)
    with st.container(horizontal=True):
        if st.button("Export a client or the practice", key="export"):
            runtime.leave_for(EXPORT_PAGE)
        if st.button("Erase the open client", key="erase"):
            runtime.leave_for(ERASE_PAGE)
    small("An export is one encrypted file: JSON, and pages to read. Both ask for your passphrase again.")


def _retention() -> None:
    years, version = runtime.load(years_kept)
    retention = RetentionActions(
        choose=lambda chosen, seen: runtime.save(choose_years, chosen, seen=seen), erase=_open_to_erase
    )
    retention_section(years, version, runtime.load(past_retention), retention)


def _open_to_erase(client: Client) -> None:
    """The page that erases speaks of the client whose pages are open, so those are opened first."""
    selection.choose_client(client.id)
    runtime.keep_client(client.id)
    runtime.leave_for(ERASE_PAGE)


def _account() -> None:
    found = runtime.presence()
    if found is None or found.place is None or found.visitor:
        return
    account = Account(
        name=found.place.actor.name,
        open=runtime.load(sign_ins.own),
        this=found.sign_in,
        idle_minutes=runtime.load(sign_ins.idle_minutes),
        is_owner=found.place.actor.role is Role.OWNER,
    )
    actions = AccountActions(
        leave_for=runtime.leave_for,
        sign_out=_sign_out,
        end=lambda each: runtime.save(sign_ins.end, each.id),
        set_idle_minutes=lambda minutes: runtime.save(sign_ins.set_idle_minutes, minutes),
        local=runtime.local_time,
    )
    account_section(account, actions)


def _sign_out() -> None:
    token = runtime.sign_in_token()
    if token is not None:
        runtime.presences().leave(hash_of(token))
    runtime.leave_for(runtime.SIGN_IN_PAGE)


def _numbers() -> None:
    catalogue = runtime.catalogue()
    numbers_block(
        runtime.load(threshold_settings, catalogue, None),
        key="numbers_for_all",
        otherwise="default",
        save=lambda numbers, seen: runtime.save(change_thresholds, catalogue, None, numbers, seen=seen),
        reset=lambda seen: runtime.save(reset_thresholds, catalogue, None, seen=seen),
    )


show()
