#!/usr/bin/env python
"""Concord's commands: `manage.py help` lists them."""

import gc
import os
import sys

if __name__ == "__main__":
    gc.disable()  # nothing that is loaded is garbage; ConfigConfig.ready has it looked for again
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
