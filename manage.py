#!/usr/bin/env python
"""The command line of ExportCheck."""

import os
import sys

from django.core.management import execute_from_command_line

from exportcheck.audit.context import Origin, acting_through

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exportcheck.settings")
    with acting_through(Origin(door="command", client=" ".join(sys.argv[1:2]))):
        execute_from_command_line(sys.argv)
