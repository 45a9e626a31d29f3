import pytest

from core.charts.palette import DARK, LIGHT, Palette


def luminance(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.2, definition of relative luminance."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda each: each.name)
@pytest.mark.parametrize("token", ["ink", "ink2", "ink3"])
def test_text_can_be_read_on_page_and_sheet(palette: Palette, token: str):
    assert contrast(getattr(palette, token), palette.paper) >= 4.5
    assert contrast(getattr(palette, token), palette.sheet) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda each: each.name)
@pytest.mark.parametrize("token", ["edge", "anxiety", "reassurance", "distortions", "primary"])
def test_marks_and_edges_stand_out(palette: Palette, token: str):
    assert contrast(getattr(palette, token), palette.paper) >= 3
    assert contrast(getattr(palette, token), palette.sheet) >= 3


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda each: each.name)
@pytest.mark.parametrize("measure", ["reassurance", "distortions"])
def test_a_pale_bar_is_told_from_its_outline_without_hue(palette: Palette, measure: str):
    assert contrast(getattr(palette, measure), getattr(palette, f"{measure}_pale")) >= 3
