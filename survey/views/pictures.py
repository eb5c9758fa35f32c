"""Every picture of the results by the name that addresses give it."""

from collections.abc import Callable, Mapping

from survey.charts.chart import Chart
from survey.views import distributions, gaps, impact
from survey.views.scene import Scene

PICTURES: Mapping[str, Callable[[Scene], Chart | None]] = {
    gaps.NAME: gaps.gap_picture,
    distributions.NAME: distributions.share_picture,
    impact.NAME: impact.impact_picture,
}
"""Draws a scene; None where there is nothing to draw."""
