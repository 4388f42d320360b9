"""A layout of somebody's own set by typst, run as a program of its own with little to spend.

Reads a line of JSON (`data` for the layout, `options`), then the layout. Writes the PDF; or, with exit code
REFUSED, what typst says of the layout. It opens no file and no connection: before it begins, the number of
files it may have open is brought down to what it has.
"""

import json
import os
import resource
import sys
import tempfile

import typst

# What an error of ours never ends with.
REFUSED = 3
_MOST_MEMORY = 1_500 * 2**20
_MOST_CPU_SECONDS = 10


def main() -> int:
    asked = json.loads(sys.stdin.buffer.readline())
    source = sys.stdin.buffer.read()
    nowhere = tempfile.mkdtemp()
    fonts = typst.Fonts(include_system_fonts=False)
    compiler = typst.Compiler(
        root=nowhere, font_paths=fonts, package_path=nowhere, package_cache_path=nowhere
    )
    os.rmdir(nowhere)
    _little_to_spend()
    try:
        made = compiler.compile(input=source, sys_inputs={"data": asked["data"]}, **asked["options"])
    except (typst.TypstError, RuntimeError) as error:
        sys.stdout.buffer.write(str(error)[:2000].encode())
        return REFUSED
    sys.stdout.buffer.write(bytes(made))  # type: ignore[arg-type]
    return 0


def _little_to_spend() -> None:
    open_now = max(int(name) for name in os.listdir("/dev/fd"))
    for limit, most in (
        (resource.RLIMIT_AS, _MOST_MEMORY),
        (resource.RLIMIT_CPU, _MOST_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, open_now),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    sys.exit(main())
