import pytest

from benchmarks.figures import exponent, geometric_mean, p95, seconds


def test_of_twenty_values_the_95th_percentile_is_the_19th() -> None:
    assert p95(range(20, 0, -1)) == 19


def test_of_five_values_the_95th_percentile_is_the_largest() -> None:
    assert p95([3, 9, 1, 2, 4]) == 9


def test_a_ratio_and_its_inverse_cancel_out() -> None:
    assert geometric_mean([0.25, 4.0]) == pytest.approx(1.0)


def test_the_exponent_of_an_exact_power_law_is_found() -> None:
    sizes = [32, 64, 128, 32]
    assert exponent(sizes, [0.5 * size**1.5 for size in sizes]) == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0064, "6 ms"), (1.234, "1.23 s"), (12.34, "12.3 s")]
)
def test_times_are_shown_with_the_digits_that_matter(value: float, shown: str) -> None:
    assert seconds(value) == shown
