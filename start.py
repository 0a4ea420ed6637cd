#!/usr/bin/env python3
"""The one command: sets Concord up if need be, then starts it. `python3 start.py help` tells the rest.

This file stays readable by old Pythons, so that they can say what is wrong; the work is in `starting/`.
"""

import os
import subprocess
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - these lines are for people with an older Python
    advice = "Install one and run start.py with it."
    with open(os.devnull, "w") as nowhere:
        for newer in ("python3.11", "python3.12", "python3.13", "python3.14"):
            try:
                if subprocess.call([newer, "-c", ""], stdout=nowhere, stderr=nowhere) == 0:
                    advice = "There is one here: " + newer + " start.py"
            except OSError:
                continue
    version = sys.version.split()[0]
    sys.exit("Concord needs Python 3.11 or newer; this is " + version + ".\n" + advice)

if sys.platform == "win32":
    sys.exit("Concord runs on Linux and macOS; on Windows, inside WSL (wsl --install).")

if __name__ == "__main__":
    # Imported late: an older Python could not even read these modules.
    from starting.command import run

    sys.exit(run(sys.argv[1:]))
