"""A page or a drawing set by typst, run as a program of its own.

Typst keeps what it has set: some hundred megabytes, which no process of the web server should hold. Reads a
line of JSON (`layout`, `options`), then the data of the layout; writes the file.
"""

import json
import sys
from pathlib import Path

import font_source_sans_pro
import typst

_FOLDER = Path(__file__).parent / "typst"


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read().decode()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[font_source_sans_pro.font_directory])
    compiler = typst.Compiler(root=str(_FOLDER), font_paths=fonts, package_path=str(_FOLDER))
    layout = (_FOLDER / f"{asked['layout']}.typ").read_bytes()
    made = compiler.compile(input=layout, sys_inputs={"data": data}, **asked["options"])
    sys.stdout.buffer.write(bytes(made))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
