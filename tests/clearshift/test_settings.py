"""Settings: defaults, a file, variables over it, and every fault at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearshift.settings import Expected, Fault, Settings, WrongSettings, environment_of, load


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "center.toml"


def faults(file: Path) -> set[Fault]:
    with pytest.raises(WrongSettings) as caught:
        load(file)
    return set(caught.value.faults)


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    assert not file.exists()
    assert load() == Settings()
    assert load().plan.seconds == 60


def test_a_file_replaces_only_what_it_names(file: Path) -> None:
    file.write_text("[plan]\nseconds = 5\n")
    settings = load(file)
    assert settings.plan.seconds == 5
    assert settings.plan.seed == 1


def test_the_file_in_the_folder_is_read_unasked(file: Path) -> None:
    file.with_name("config.toml").write_text("[plan]\nworkers = 3\n")
    assert load().plan.workers == 3


def test_a_variable_names_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("[plan]\nworkers = 4\n")
    monkeypatch.setenv("CLEARSHIFT_CONFIG", str(file))
    assert load().plan.workers == 4


def test_a_variable_overrides_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("[plan]\nseconds = 5\nseed = 8\n")
    monkeypatch.setenv("CLEARSHIFT_PLAN__SECONDS", "7")
    monkeypatch.setenv("CLEARSHIFT_PLAN__DETERMINISTIC", "true")
    plan = load(file).plan
    assert (plan.seconds, plan.seed, plan.deterministic) == (7, 8, True)


def test_every_fault_is_told_at_once_with_place_key_and_value(file: Path) -> None:
    file.write_text(
        'plan = {seconds = 0, workers = "many", deterministic = "perhaps", seed = 9999999999}\n'
        'log = {level = "loud", file = 3}\n'
        'database = "here"\n'
    )
    place = str(file)
    assert faults(file) == {
        Fault(place, "plan.seconds", "0", Expected.AT_LEAST, "1"),
        Fault(place, "plan.workers", "many", Expected.WHOLE_NUMBER),
        Fault(place, "plan.deterministic", "perhaps", Expected.TRUTH),
        Fault(place, "plan.seed", "9999999999", Expected.AT_MOST, "2147483647"),
        Fault(place, "log.level", "loud", Expected.CHOICE, "'debug', 'info', 'warning' or 'error'"),
        Fault(place, "log.file", "3", Expected.TEXT),
        Fault(place, "database", "here", Expected.TABLE),
    }


@pytest.mark.parametrize(
    ("text", "key"),
    [("sceonds = 5", "sceonds"), ("[plan]\nsceonds = 5", "plan.sceonds"), ("[plna]", "plna")],
)
def test_an_unknown_key_is_refused_at_every_level(file: Path, text: str, key: str) -> None:
    file.write_text(text)
    assert {(fault.key, fault.expected) for fault in faults(file)} == {(key, Expected.KNOWN_KEY)}


@pytest.mark.parametrize(
    ("variable", "key"),
    [
        ("CLEARSHIFT_PLAN__SCEONDS", "plan.sceonds"),
        ("CLEARSHIFT_PLNA__SECONDS", "plna"),
        ("CLEARSHIFT_PLAN", "plan"),
    ],
)
def test_a_mistyped_variable_is_refused_by_its_name(
    file: Path, monkeypatch: pytest.MonkeyPatch, variable: str, key: str
) -> None:
    file.write_text("")
    monkeypatch.setenv(variable, "5")
    assert faults(file) == {Fault(variable, key, "5", Expected.KNOWN_KEY)}


def test_a_wrong_variable_is_named_and_not_the_file_it_overrides(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("[plan]\nseconds = 5\n")
    monkeypatch.setenv("CLEARSHIFT_PLAN__SECONDS", "soon")
    assert faults(file) == {
        Fault("CLEARSHIFT_PLAN__SECONDS", "plan.seconds", "soon", Expected.WHOLE_NUMBER)
    }


def test_variables_of_others_are_none_of_our_business(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARSHIFT_LANG", "zh")
    monkeypatch.setenv("PLAN__SECONDS", "soon")
    assert not file.exists()
    assert load() == Settings()


def test_a_file_that_is_not_there_is_not_taken_for_an_empty_one(file: Path) -> None:
    assert {fault.expected for fault in faults(file)} == {Expected.FILE}


@pytest.mark.parametrize("content", [b"[plan", b"\xff\xfe\x00", "座位 = 1".encode("gbk")])
def test_a_file_that_is_no_toml_is_refused_with_the_reason(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    (fault,) = faults(file)
    assert fault.expected is Expected.TOML
    assert fault.detail != ""


def test_another_process_can_be_given_the_same_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "other.toml"
    file.write_text('[plan]\nseconds = 7\ndeterministic = true\n[broker]\nuser = "wang"\n')
    told = environment_of(load(file))
    assert told["CLEARSHIFT_PLAN__SECONDS"] == "7"
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert load() == load(file)


def test_a_name_and_an_address_say_what_they_look_like(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLEARSHIFT_GATEWAY__CENTER", "a b")
    monkeypatch.setenv("CLEARSHIFT_WEB__ADDRESS", "plan.example.org")
    with pytest.raises(WrongSettings) as wrong:
        load()
    assert [(fault.key, fault.expected) for fault in wrong.value.faults] == [
        ("gateway.center", Expected.NAME),
        ("web.address", Expected.ADDRESS),
    ]
