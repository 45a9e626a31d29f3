import pytest

from sample_data.chance import Chance


def test_stream_is_pinned_so_that_every_python_gives_the_same_draw() -> None:
    stream = Chance(1, "a")

    assert [stream.count(3.0, 4) for _ in range(12)] == [4, 0, 10, 3, 3, 4, 0, 1, 8, 1, 4, 3]
    assert [round(stream.normal(), 6) for _ in range(3)] == [0.307145, -0.760015, -0.346876]
    assert [stream.whole(1, 6) for _ in range(8)] == [4, 5, 2, 1, 6, 4, 6, 4]


def test_streams_of_two_topics_are_not_the_same() -> None:
    assert Chance(1, "a", "signs").share() != Chance(1, "a", "anxiety").share()


@pytest.mark.parametrize(("mean", "dispersion"), [(0.3, 4), (5.0, 4), (19.0, 4), (7.0, 12)])
def test_counts_have_the_mean_and_the_spread_of_a_negative_binomial(mean: float, dispersion: int) -> None:
    stream = Chance(7, "counts")
    counts = [stream.count(mean, dispersion) for _ in range(20_000)]

    average = sum(counts) / len(counts)
    variance = sum((count - average) ** 2 for count in counts) / len(counts)

    assert average == pytest.approx(mean, rel=0.05)
    assert variance == pytest.approx(mean + mean**2 / dispersion, rel=0.1)


def test_count_around_nothing_is_zero() -> None:
    assert [Chance(seed, "x").count(0.0, 4) for seed in range(20)] == [0] * 20


def test_normal_draws_are_centred_with_a_spread_of_one() -> None:
    stream = Chance(3, "normal")
    draws = [stream.normal() for _ in range(20_000)]

    assert sum(draws) / len(draws) == pytest.approx(0, abs=0.03)
    assert sum(draw**2 for draw in draws) / len(draws) == pytest.approx(1, rel=0.03)


def test_weights_decide_how_often_each_is_picked() -> None:
    stream = Chance(5, "weights")
    picked = [stream.weighted({"often": 3.0, "rarely": 1.0, "never": 0.0}) for _ in range(4_000)]

    assert picked.count("often") / len(picked) == pytest.approx(0.75, abs=0.03)
    assert "never" not in picked
