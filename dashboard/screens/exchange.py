"""The center's files: read with every problem named before anything is stored, and written."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboard.acts import master as acts
from dashboard.desk import Desk
from dashboard.rights import Right
from dashboard.screens.master_parts import language_of, show_changes, show_problems
from dashboard.screens.screen import Screen
from dashboard.screens.tries import faults, tried
from db.connection import reading
from db.files import CenterRefused, FileProblem, read_center, write_center
from db.files.kinds import Language
from db.load import load_register
from db.save import RowChange, differences
from domain.register import Register
from domain.words import words

_SAVED, _ROUND = "exchange-saved", "exchange-round"


def show(desk: Desk) -> None:
    """Files in on the left, files out on the right."""
    say = desk.say
    st.title(say(words("Center's files")))
    faults(desk)
    if _SAVED in st.session_state:
        st.success(say(words("Saved.")), icon=":material/check:")
        show_changes(desk, st.session_state.pop(_SAVED))
    with reading(desk.site.here.database) as session:
        register = load_register(session, desk.site.center)
    into, out = st.columns([3, 2], gap="large")
    with into:
        _import(desk, register)
    with out:
        _export(desk, register)


def _import(desk: Desk, register: Register) -> None:
    say = desk.say
    st.subheader(say(words("Read a center's files")))
    files = st.file_uploader(
        say(words("One workbook .xlsx, or center.toml with the CSV files, 10 MB in all")),
        type=["xlsx", "csv", "toml"],
        accept_multiple_files=True,
        key=f"exchange-{st.session_state.get(_ROUND, 0)}",
    )
    if not files:
        st.caption(say(words("Nothing is stored before you have seen what it would change.")))
        return
    found = read_uploaded([(one.name, one.getvalue()) for one in _each(files)])
    if not isinstance(found, Register):
        show_problems(desk, found)
        return
    changes = differences(register, found)
    if not changes:
        st.info(say(words("The files hold what is stored already.")), icon=":material/done_all:")
        return
    show_changes(desk, changes)
    if st.button(say(words("Save")), type="primary", key="exchange-save"):
        tried(partial(_save, desk, register, found))


def _each(files: UploadedFile | Sequence[UploadedFile]) -> Sequence[UploadedFile]:
    return [files] if isinstance(files, UploadedFile) else files


def read_uploaded(files: Sequence[tuple[str, bytes]]) -> Register | tuple[FileProblem, ...]:
    """The center in uploaded files, or every problem with them. A name is only a name: whatever
    path somebody has put into it leads nowhere."""
    with tempfile.TemporaryDirectory(prefix="clearshift-upload-") as name:
        folder = Path(name)
        for given, content in files:
            (folder / _bare(given)).write_bytes(content)
        books = sorted(folder.glob("*.[xX][lL][sS][xX]"))
        try:
            return read_center(books[0] if len(files) == 1 and books else folder)
        except CenterRefused as refused:
            return refused.problems


def _bare(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    return last if last.strip(". ") else "nameless"


def _save(desk: Desk, before: Register, after: Register) -> None:
    changes: tuple[RowChange, ...] = acts.keep(
        desk.site, desk.actor, "master.import", before, after
    )
    st.session_state[_SAVED] = changes
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _export(desk: Desk, register: Register) -> None:
    say, language = desk.say, language_of(desk)
    st.subheader(say(words("Take the center's files")))
    st.caption(say(words("What is taken out here can be read in again, unchanged or edited.")))
    code = register.center.code
    st.download_button(
        say(words("Workbook for Excel")),
        partial(exported, register, language, ".xlsx"),
        file_name=f"{code}.xlsx",
        icon=":material/table:",
        on_click="ignore",
        width="stretch",
    )
    st.download_button(
        say(words("Folder of text files")),
        partial(exported, register, language, ".zip"),
        file_name=f"{code}.zip",
        icon=":material/folder_zip:",
        on_click="ignore",
        width="stretch",
    )


def exported(register: Register, language: Language, suffix: str) -> bytes:
    """The center as a workbook, or as a ZIP of its folder."""
    with tempfile.TemporaryDirectory(prefix="clearshift-export-") as name:
        target = Path(name) / (f"center{suffix}" if suffix == ".xlsx" else "center")
        write_center(register, target, language)
        if suffix == ".xlsx":
            return target.read_bytes()
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(target.iterdir()):
                archive.write(file, f"{register.center.code}/{file.name}")
        return whole.getvalue()


SCREEN = Screen(
    "files", words("Center's files"), "upload_file", words("Center"), Right.EDIT_MASTER, show
)
