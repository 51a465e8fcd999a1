"""Run every bench in turn (`python -m tests.speed [--small] [NAME…]`) and print what they wrote; each resumes by itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(arguments: list[str]) -> int:
    """0 when every bench ran to its end."""
    flags = [argument for argument in arguments if argument.startswith("-")]
    wanted = {argument for argument in arguments if not argument.startswith("-")}
    names = sorted(path.stem for path in HERE.glob("bench_*.py"))
    failed = []
    for name in [n for n in names if not wanted or n.removeprefix("bench_") in wanted]:
        print(f"── {name.removeprefix('bench_')}", flush=True)
        if subprocess.run([sys.executable, "-m", f"tests.speed.{name}", *flags], check=False).returncode:
            failed.append(name)
    print(f"not finished: {', '.join(failed)}" if failed else "every bench ran to its end; see build/bench")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
