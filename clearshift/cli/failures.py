"""What the computer says when it refuses, in our words."""

from __future__ import annotations

import errno
import os

from domain.words import Words, words


def failed_file(error: OSError) -> Words:
    """What went wrong with a file, device or connection."""
    reason = in_our_words(error.strerror or type(error).__name__)
    if error.filename is None:
        return words("The computer refuses: {reason}", reason=reason)
    return words("{file}: {reason}", file=os.fsdecode(error.filename), reason=reason)


def in_our_words(reason: str) -> Words | str:
    """An operating system's usual reason in our words; a rare one stays as it is."""
    return {
        os.strerror(errno.ENOENT): words("there is no such file or folder"),
        os.strerror(errno.EACCES): words("no permission"),
        os.strerror(errno.EISDIR): words("this is a folder, not a file"),
        os.strerror(errno.ENOTDIR): words("this is a file, not a folder"),
        os.strerror(errno.EEXIST): words("this exists already"),
        os.strerror(errno.ENOSPC): words("the disk is full"),
        os.strerror(errno.EROFS): words("the disk cannot be written to"),
    }.get(reason, reason)
