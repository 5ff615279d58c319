"""Gets a Chromium for the browser tests where that is possible, and says plainly where it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _apt(*arguments: str) -> bool:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(["apt-get", *arguments], check=False, stdout=subprocess.DEVNULL, env=env).returncode == 0


def main() -> None:
    """Installs Debian's chromium as root; elsewhere only says what to do."""
    if os.environ.get("KG_CHROMIUM") or any(map(shutil.which, NAMES)):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing chromium for the browser tests ...", file=sys.stderr)
        if _apt("update", "-qq") and _apt(
            "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"
        ):
            return
    print(
        "\n*** No browser: every browser test will be SKIPPED. Install chromium, or set KG_CHROMIUM to one. ***\n",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
