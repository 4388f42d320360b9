"""A workbook of LibreOffice opened with its password, run as a program of its own with little to spend.

Reads the password as a line of JSON and then the file; writes the opened file, or nothing.
"""

import json
import resource
import sys
from io import BytesIO

from odfdecrypt import ODFDecryptError, decrypt

_MOST_MEMORY = 1_500 * 2**20
_MOST_CPU_SECONDS = 30


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_SECONDS, _MOST_CPU_SECONDS))
    password = json.loads(sys.stdin.buffer.readline())
    try:
        opened = decrypt(BytesIO(sys.stdin.buffer.read()), password)
    except (ODFDecryptError, MemoryError, ValueError, KeyError, OSError):
        return 1
    sys.stdout.buffer.write(opened.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main())
