"""Help pages in both languages."""

from __future__ import annotations

import pytest

from clearshift.cli.main import main
from tests.clearshift.cli.greeting import TABLE

Printed = pytest.CaptureFixture[str]


def page(printed: Printed, *argv: str) -> tuple[int, str]:
    code = main(argv, TABLE)
    out, err = printed.readouterr()
    assert err == ""
    return code, out


def test_the_programs_page_lists_its_commands_and_the_shared_options(capsys: Printed) -> None:
    code, text = page(capsys, "--help")
    lines = [line.strip() for line in text.splitlines()]
    assert code == 0
    assert lines[0] == "Usage: clearshift COMMAND [OPTIONS]"
    assert lines[lines.index("Commands") + 1 :][:2] == [
        "greet   Show the version.",
        "deep    Show this page.",
    ]
    assert "--json          Result as JSON, for scripts." in lines


def test_a_group_without_a_command_shows_its_page_and_is_wrong_usage(capsys: Printed) -> None:
    code, text = page(capsys, "deep")
    assert code == 2
    assert text.startswith("Usage: clearshift deep COMMAND [OPTIONS]")
    assert "fail" in text
    assert "greet" not in text


def test_a_commands_page_explains_its_arguments_and_options(capsys: Printed) -> None:
    code, text = page(capsys, "greet", "-h")
    lines = [line.strip() for line in text.splitlines()]
    assert code == 0
    assert lines[0] == "Usage: clearshift greet NAME [OPTIONS]"
    assert lines[lines.index("Arguments") + 1] == "NAME   Show the version."
    assert lines[lines.index("Options") + 1 :][:4] == [
        "--times VALUE       [default: 1]",
        "--weight VALUE",
        "--mood kind|cross   [default: kind]",
        "--loud",
    ]


def test_pages_are_chinese_for_a_chinese_reader(capsys: Printed) -> None:
    _, text = page(capsys, "--lang", "zh", "greet", "--help")
    lines = [line.strip() for line in text.splitlines()]
    assert lines[0] == "用法：clearshift greet NAME [选项]"
    assert "NAME   显示版本。" in lines
    assert "--times 值          [默认：1]" in lines
    assert "--json          以 JSON 给出结果，供脚本使用。" in lines


def test_a_page_fits_a_narrow_terminal(capsys: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["greet", "--help", "--lang", "zh"], TABLE)
    assert "\x1b[" in capsys.readouterr().out
