"""The signs of a Chinese ward's roster. They are marks, the same in every language of a page."""

from __future__ import annotations

LEAD = "主"
"""Before a duty's mark: leads the turn."""
REST = "休"
"""A day off."""
LEAVE, TRAINING, ILL = "△", "学", "病"
"""Days away."""

ALSO_LEAVE = ("假", "请假", "年假")
ALSO_TRAINING = ("学习", "培训")
ALSO_ILL = ("病假",)
"""What wards write for days away beside the signs."""

SHIFT_MARKS = {1: "早", 2: "早中", 3: "早中夜", 4: "早中晚夜"}
"""Marks of the usual duties, by how many shifts a center has: early, middle, late, night."""
