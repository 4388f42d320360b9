"""A known effect lies within its interval, none is claimed without one, few places tell nothing."""

import itertools

import numpy as np
import pytest

from reports.outreach.inference import LEVEL, Trial, estimate

PLACES, EVENTS, HISTORIES = 9, 5, 300


def history(drawn, *, effect, events=EVENTS, places=PLACES):
    """Events of a year in places of different size, with people who began before and after each."""
    trials = []
    for _event in range(events):
        size = drawn.uniform(4, 30)
        season = drawn.uniform(0.7, 1.5)
        before = drawn.poisson(size, places)
        after = drawn.poisson(size * season, places)
        after[0] += drawn.binomial(2 * effect, 0.5)
        own, *others = (after - before).tolist()
        trials.append(Trial(own, tuple(others)))
    return trials


@pytest.mark.parametrize("effect", [5, 20, 60])
def test_a_known_effect_lies_within_the_interval(effect):
    drawn = np.random.default_rng(effect)
    found = [estimate(history(drawn, effect=effect)) for _ in range(HISTORIES)]
    within = sum(one.low <= effect <= one.high for one in found)
    assert within / HISTORIES >= 0.93


def test_a_large_effect_is_found_and_called_more():
    drawn = np.random.default_rng(3)
    found = [estimate(history(drawn, effect=40)) for _ in range(HISTORIES)]
    assert sum(one.is_more for one in found) / HISTORIES >= 0.95
    assert np.mean([one.per_event for one in found]) == pytest.approx(40, abs=1.5)


@pytest.mark.parametrize("events", [1, 2, 5, 12])
def test_without_an_effect_hardly_any_is_claimed(events):
    drawn = np.random.default_rng(events)
    places = 20 if events == 1 else PLACES
    found = [estimate(history(drawn, effect=0, events=events, places=places)) for _ in range(HISTORIES)]
    claimed = sum(one.is_found for one in found) / HISTORIES
    assert claimed <= LEVEL + 2.5 * (LEVEL * (1 - LEVEL) / HISTORIES) ** 0.5
    assert sum(one.low <= 0 <= one.high for one in found) / HISTORIES >= 0.92


def test_one_event_among_few_places_tells_nothing():
    told = estimate([Trial(400, (1, 0, 2, 1, 0, 3))])
    assert not told.can_tell
    assert not told.is_found
    assert (told.low, told.high) == (None, None)
    assert told.least_chance == pytest.approx(1 / 7)
    assert estimate([]) is None
    assert estimate([Trial(5, ())]) is None


def test_all_choices_are_tried_where_they_are_few():
    trials = [Trial(9, (1, 4, 2)), Trial(7, (0, 3))]
    told = estimate(trials)
    sums = []
    for chosen in itertools.product(range(4), range(3)):
        total = 0.0
        for trial, at in zip(trials, chosen, strict=True):
            changes = [trial.own, *trial.others]
            rest = changes[:at] + changes[at + 1 :]
            total += changes[at] - sum(rest) / len(rest)
        sums.append(total)
    observed = (9 - 7 / 3) + (7 - 3 / 2)
    assert told.per_event == pytest.approx(observed / 2)
    assert told.chance == pytest.approx(sum(abs(one) >= observed - 1e-9 for one in sums) / 12)


def test_the_same_histories_give_the_same_answer():
    trials = history(np.random.default_rng(1), effect=10, events=8)
    assert estimate(trials) == estimate(trials)
