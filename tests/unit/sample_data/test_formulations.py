"""The profiles of the invented people: full, with a concern, and empty; each file is read and every entry is known."""

from datetime import date

import pytest

from core.catalogue import Catalogue
from core.model.formulation import Formulation
from core.model.people import Actor
from core.model.profile import BlockKind, Hypothesis, PresentSafety
from core.model.safety_concern import SafetyConcern
from core.services.clients import list_clients
from core.services.profiles import block_history, client_formulation
from core.store import Store
from dashboard.components.profile_words import WORDS
from sample_data.formulations import FORMULATIONS, read_formulation
from sample_data.plans import ORDER

TODAY = date(2026, 5, 21)


@pytest.fixture(scope="module")
def found(made: Store, actor: Actor, catalogue: Catalogue) -> dict[str, Formulation]:
    with made.reading(actor) as work:
        return {client.details.name: client_formulation(work, catalogue, client.id) for client in list_clients(work)}


def test_every_file_belongs_to_one_of_the_twelve() -> None:
    assert {path.stem for path in FORMULATIONS.glob("*.toml")} <= set(ORDER)
    assert read_formulation("Nobody").blocks == ()


def test_sarah_has_every_block_that_is_written_on_the_profile(found: dict[str, Formulation]) -> None:
    assert set(WORDS) <= set(found["Sarah"].profile.blocks)


def test_four_profiles_hold_a_hypothesis_and_jonah_s_is_empty(found: dict[str, Formulation]) -> None:
    with_one = {name for name, each in found.items() if each.profile.block(Hypothesis).pattern}
    assert with_one == {"Sarah", "Emily", "Aisha", "Daniel"}
    assert not found["Jonah"].profile.blocks.keys() - {BlockKind.QUESTIONNAIRES}


def test_a_present_concern_is_noted_for_aisha_alone(found: dict[str, Formulation]) -> None:
    concerns = {
        name for name, each in found.items() if each.profile.block(PresentSafety).concern is SafetyConcern.CONCERN
    }
    assert concerns == {"Aisha"}


def test_sarah_s_hypothesis_has_an_earlier_version(made: Store, actor: Actor, found: dict[str, Formulation]) -> None:
    with made.reading(actor) as work:
        history = block_history(work, found["Sarah"].client.id, BlockKind.HYPOTHESIS)
    assert [dated.version for dated in history] == [2, 1]
    assert history[0].held_from > history[1].held_from


def test_handouts_were_given_before_today_and_stand_in_the_catalogue(
    found: dict[str, Formulation], catalogue: Catalogue
) -> None:
    given = [handout for each in found.values() for handout in each.handouts]
    assert len(given) == 4
    assert all(each.handout in catalogue.handouts and each.day < TODAY for each in given)


def test_goals_of_sarah_have_progress_from_her_check_ins(found: dict[str, Formulation]) -> None:
    progress = found["Sarah"].progress.values()
    assert [each.first_on < each.latest_on for each in progress] == [True, True]
