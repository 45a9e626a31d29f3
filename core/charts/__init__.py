"""Figures, small lines, tables and captions drawn from a `Course`: they compute nothing and ask nobody."""

from core.charts.caption import caption
from core.charts.hero import HeroOptions, hero_chart
from core.charts.own import own_caption, own_chart
from core.charts.palette import DARK, LIGHT, Palette
from core.charts.sparkline import sparkline_svg
from core.charts.table import course_table
from core.charts.words import ChartWords

__all__ = [
    "DARK",
    "LIGHT",
    "ChartWords",
    "HeroOptions",
    "Palette",
    "caption",
    "course_table",
    "hero_chart",
    "own_caption",
    "own_chart",
    "sparkline_svg",
]
