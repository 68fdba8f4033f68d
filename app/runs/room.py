"""What a full disk means for files: an error that says so, and lines that are written whole or not at all."""

import errno
import os


def no_room(error: BaseException) -> bool:
    """Whether a file could not be written because there is no room for it."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def append_whole(file: int, line: bytes) -> None:
    """Appends a line to an open file in one system call. A full disk raises `OSError` and leaves no part of it."""
    written = os.write(file, line)
    if written < len(line):
        os.ftruncate(file, os.fstat(file).st_size - written)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
