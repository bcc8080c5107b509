"""What every test may use, and the order: what fails soonest runs first, browsers last."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# Machines differ in speed, and a test that fails must fail again: no deadline, no dice.
settings.register_profile("govreport", deadline=None, derandomize=True, database=None)
settings.load_profile("govreport")

TESTS = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the golden cases give now; the diff is the review",
    )
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="photograph the pages anew; the pictures are the review",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if TESTS / "browser" in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return TESTS.parent


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether golden cases are rewritten instead of compared."""
    return bool(pytestconfig.getoption("--update-golden"))
