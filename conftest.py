"""Root of the suite: pytest takes plugins from here only. Fixtures are in tests/conftest.py."""

pytest_plugins = ("tests.plugins", "tests.installation")
