"""The figures of agreement, against published worked examples and another implementation."""

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as some

from policyaudit.agreement import FEWEST, Verdict, alpha, interval, kappa, verdict

# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): the examples A, B and C with their nominal figures.
TWO_BINARY = ["0100000000", "1110010010"]
TWO_NOMINAL = ["aabbdcccedda", "babbbccceddd"]
FOUR_WITH_GAPS = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]


def units(coders: list[str]) -> list[list[str]]:
    return [[value for value in column if value != "."] for column in zip(*coders, strict=True)]


@pytest.mark.parametrize(
    ("coders", "published"), [(TWO_BINARY, 0.095), (TWO_NOMINAL, 0.692), (FOUR_WITH_GAPS, 0.743)], ids=["A", "B", "C"]
)
def test_alpha_of_published_examples(coders: list[str], published: float) -> None:
    assert round(alpha(units(coders)) or 0, 3) == published


def test_kappa_of_the_example_of_cohen_1960() -> None:
    table = {"aa": 88, "ab": 10, "ac": 2, "ba": 14, "bb": 40, "bc": 6, "ca": 18, "cb": 10, "cc": 12}
    pairs = [(cell[0], cell[1]) for cell, times in table.items() for _ in range(times)]
    assert round(kappa(pairs) or 0, 3) == 0.492


@given(some.lists(some.lists(some.sampled_from("abc"), max_size=4), min_size=1, max_size=30))
def test_alpha_is_that_of_another_implementation(several: list[list[str]]) -> None:
    values = sorted({value for one in several if len(one) > 1 for value in one})
    if len(values) < 2:
        assert alpha(several) is None
        return
    counts = [[one.count(value) for value in values] for one in several if len(one) > 1]
    assert alpha(several) == pytest.approx(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def test_no_figure_where_there_is_none() -> None:
    assert alpha([]) is None and alpha([["a"], ["b"]]) is None  # nothing was judged by two
    assert alpha([["a", "a"]] * 50) is None and kappa([("a", "a")] * 50) is None  # nothing tells one value from another
    assert verdict(None, 50) is Verdict.ONE_CATEGORY and verdict(1.0, FEWEST - 1) is Verdict.FEW


def test_ten_elements_are_the_fewest_of_which_one_may_be_judged_otherwise() -> None:
    def even(n: int) -> float:
        half = (n - 1) // 2
        return alpha([["a", "a"]] * half + [["b", "b"]] * (n - 1 - half) + [["a", "b"]]) or 0

    assert even(FEWEST) >= 0.8 > even(FEWEST - 1)


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (1.0, "reliable"),
        (0.8, "reliable"),
        (0.7996, "reliable"),
        (0.799, "tentative"),
        (0.667, "tentative"),
        (0.66, "unreliable"),
    ],
)
def test_what_a_figure_permits(figure: float, said: str) -> None:
    assert verdict(figure, 100) == said


def test_an_interval_holds_the_figure_and_narrows_with_more_elements() -> None:
    few = [["a", "a"]] * 5 + [["b", "b"]] * 5 + [["a", "b"]] * 2
    low, high = interval(few) or (0, 0)
    assert low < (alpha(few) or 0) < high <= 1
    narrow = interval(few * 9) or (0, 0)
    assert narrow[1] - narrow[0] < (high - low) / 2
    assert interval([["a", "a"]] * 20 + [["a", "b"]]) is None  # one element alone tells the values apart
