#!/usr/bin/env python3
"""The one command: sets Concord up if need be, then starts it. `python3 start.py help` tells the rest.

This file stays readable by old Pythons, so that they can say what is wrong; the work is in `starting/`.
"""

import sys


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 - this line is for people with an older Python
        import os
        import subprocess

        newer = []
        for minor in (14, 13, 12, 11):
            name = "python3.%d" % minor  # noqa: UP031 - as above
            with open(os.devnull, "w") as nowhere:
                try:
                    if subprocess.call([name, "-c", ""], stdout=nowhere, stderr=nowhere) == 0:
                        newer.append(name)
                except OSError:
                    continue
        sys.stderr.write(
            "Concord needs Python 3.11 or newer; this is Python %d.%d (%s).\n%s\n"  # noqa: UP031 - as above
            % (
                sys.version_info[0],
                sys.version_info[1],
                sys.executable,
                "There is one here: " + newer[0] + " start.py"
                if newer
                else "Install one and run start.py with it.",
            )
        )
        return 1
    if sys.platform == "win32":
        sys.stderr.write(
            "Concord runs on Linux and macOS; on Windows, inside WSL (wsl --install).\n"
        )
        return 1
    # Imported late: an older Python could not even read these modules.
    from starting.command import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
