"""What every form of export gives: a way to write rows."""

from __future__ import annotations

from collections.abc import Callable

from govreport_site.dataset import Row

Write = Callable[[str, Row], None]
"""Writes a row of the table of this name."""
