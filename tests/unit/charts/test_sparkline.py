import re
from base64 import b64decode
from xml.etree import ElementTree as ET

from core.charts.palette import LIGHT
from core.charts.sparkline import sparkline_svg


def drawn(values, **more):
    uri = sparkline_svg(values, color=LIGHT.anxiety, palette=LIGHT, **more)
    head, _, body = uri.partition(",")
    assert head == "data:image/svg+xml;base64"
    svg = b64decode(body).decode()
    ET.fromstring(svg)
    return svg


def lines(svg):
    found = re.search(r'<path d="([^"]*)" fill="none"', svg)
    return re.findall(r"M[^M]*", found.group(1)) if found else []


def dots(svg):
    return [(float(x), float(y), float(r)) for x, y, r in re.findall(r'cx="(.*?)" cy="(.*?)" r="(.*?)"', svg)]


def test_a_gap_stays_open():
    assert len(lines(drawn([3, 4, None, None, 5, 6]))) == 2


def test_the_last_value_has_a_dot_even_when_it_is_not_the_last_week():
    svg = drawn([3, 4, 5, None])
    assert len(lines(svg)) == 1
    assert [radius for _, _, radius in dots(svg)] == [2.6]
    assert dots(svg)[0][0] < 120


def test_a_week_on_its_own_is_a_dot():
    svg = drawn([None, 3, None, 4, 5])
    assert len(lines(svg)) == 1
    assert [radius for _, _, radius in dots(svg)] == [1.6, 2.6]


def test_a_fixed_scale_is_shared_and_an_own_scale_is_not():
    assert dots(drawn([5], highest=10))[0][1] == 12.0
    assert dots(drawn([5]))[0][1] == 3.0


def test_zero_lies_on_the_hairline_and_nothing_recorded_is_only_the_hairline():
    assert dots(drawn([0, 0]))[0][1] == 21.0
    empty = drawn([None] * 12)
    assert not dots(empty)
    assert not lines(empty)
    assert LIGHT.rule in empty


def test_no_values_at_all_are_drawn_as_the_hairline():
    assert not dots(drawn([]))
