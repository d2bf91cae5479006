"""A center's files: one folder or one Excel workbook, read with every problem named, written
so that they read back the same. The format is explained in docs/files.md."""

from db.files.center_files import read_center, write_center
from db.files.problems import CenterRefused, FileProblem

__all__ = ["CenterRefused", "FileProblem", "read_center", "write_center"]
