"""An installation for the time of a measurement: a database, a folder and a broker of its own, gone afterwards."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import current_app
from django.db import connection
from django.test.utils import override_settings


@contextmanager
def temporary_installation(name: str) -> Iterator[None]:
    """Nothing of the installation is touched while the block runs: rows go to a migrated, empty database beside its own (on
    PostgreSQL the user of DATABASE_URL must be allowed to create one), files to a temporary folder, messages nowhere."""
    own = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:
        sqlite = connection.vendor == "sqlite"
        unique = f"{name.replace('-', '_')}_{os.getpid()}"
        connection.settings_dict["TEST"]["NAME"] = f"{folder}/{unique}.sqlite3" if sqlite else unique
        current_app.conf["broker_url"] = "memory://"  # a message to the installation's own workers would reach the wrong database
        with override_settings(VAR_DIR=Path(folder), MEDIA_ROOT=f"{folder}/media"):
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            try:
                yield
            finally:
                connection.creation.destroy_test_db(own, verbosity=0)
