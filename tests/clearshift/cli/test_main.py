"""The program from the outside: what is printed where, and the exit code."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from clearshift import __version__
from clearshift.cli.main import main
from tests.clearshift.cli.greeting import TABLE

Printed = pytest.CaptureFixture[str]


def run(printed: Printed, *argv: str) -> tuple[int, str, str]:
    code = main(argv, TABLE)
    out, err = printed.readouterr()
    return code, out, err


def test_a_command_says_its_result_and_leaves_with_zero(capsys: Printed) -> None:
    assert run(capsys, "greet", "Mei") == (0, "Mei: kind.\n", "")


def test_a_script_gets_json_wherever_it_asks_for_it(capsys: Printed) -> None:
    expected = {"name": "Mei", "times": 2, "weight": 1.5, "mood": "cross", "loud": True}
    before = ("--json", "greet", "Mei", "--times", "2", "--weight=1.5", "--mood=cross", "--loud")
    for argv in (before, (*before[1:], "--json")):
        code, out, err = run(capsys, *argv)
        assert (code, json.loads(out), err) == (0, expected, "")


def test_the_language_can_be_asked_for_before_and_after_the_command(capsys: Printed) -> None:
    for argv in (
        ("--lang", "zh", "deep", "fail", "refuse"),
        ("deep", "fail", "refuse", "--lang=zh"),
    ):
        assert run(capsys, *argv) == (2, "", "文字\n没有权限\n")


def test_a_refusal_tells_all_reasons_one_a_line_and_leaves_with_two(capsys: Printed) -> None:
    assert run(capsys, "deep", "fail", "refuse") == (2, "", "text\nno permission\n")


def test_a_missing_file_is_one_line_and_leaves_with_one(capsys: Printed) -> None:
    assert run(capsys, "deep", "fail", "file") == (
        1, "", "/nowhere/at/all: there is no such file or folder\n",
    )  # fmt: skip


def test_a_fault_in_the_program_is_one_line_without_a_traceback(capsys: Printed) -> None:
    code, out, err = run(capsys, "deep", "fail", "divide")
    assert (code, out) == (1, "")
    assert err == (
        "A fault in the program: ZeroDivisionError: too small. "
        "Please report it with what --debug shows.\n"
    )


def test_debug_shows_where_a_fault_arose(capsys: Printed) -> None:
    code, _, err = run(capsys, "deep", "fail", "divide", "--debug")
    assert code == 1
    assert 'raise ZeroDivisionError("too small")' in err


def test_an_interrupt_leaves_with_the_usual_code(capsys: Printed) -> None:
    assert run(capsys, "deep", "fail", "interrupt")[0] == 130
    assert run(capsys, "slow") == (130, "", "Interrupted.\n")


def test_a_command_can_choose_its_exit_code(capsys: Printed) -> None:
    assert run(capsys, "deep", "fail", "exit") == (1, "", "")


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        (["gret"], "There is no command gret. Did you mean greet?"),
        (["xyz"], "There is no command xyz. See clearshift --help."),
        (["deep", "xyz"], "There is no command xyz. See clearshift deep --help."),
        (["--loud"], "There is no option --loud. See clearshift --help."),
        (["--json=yes"], "There is no option --json=yes. See clearshift --help."),
        (["greet"], "NAME is missing. See clearshift greet --help."),
        (["greet", "a", "b", "c"], "b c is too much. See clearshift greet --help."),
        (
            ["greet", "a", "--tims", "1"],
            "There is no option --tims; did you mean --times? See clearshift greet --help.",
        ),
        (["greet", "a", "-x"], "There is no option -x. See clearshift greet --help."),
        (["greet", "a", "--times"], "Option --times needs a value. See clearshift greet --help."),
        (["greet", "a", "--loud=1"], "Option --loud takes no value. See clearshift greet --help."),
        (
            ["greet", "a", "--times", "two"],
            "--times: two is not a whole number. See clearshift greet --help.",
        ),
        (["greet", "a", "--times=0"], "--times: 0 is less than 1. See clearshift greet --help."),
        (["greet", "a", "--times=9"], "--times: 9 is more than 3. See clearshift greet --help."),
        (
            ["greet", "a", "--weight=much"],
            "--weight: much is not a number. See clearshift greet --help.",
        ),
        (
            ["greet", "a", "--mood=sad"],
            "--mood: sad is not one of kind, cross. See clearshift greet --help.",
        ),
        (["greet", "a", "--config"], "Option --config needs a value."),
        (["greet", "a", "--lang", "fr"], "Language fr is not known; expected en, zh."),
    ],
)
def test_wrong_usage_is_one_line_and_leaves_with_two(
    capsys: Printed, argv: list[str], line: str
) -> None:
    assert run(capsys, *argv) == (2, "", line + "\n")


def test_wrong_usage_is_said_in_chinese_too(capsys: Printed) -> None:
    assert run(capsys, "greet", "a", "--times", "two", "--lang", "zh")[2] == (
        "--times：two 不是整数。请看 clearshift greet --help。\n"
    )


def test_what_follows_a_double_dash_belongs_to_the_command(capsys: Printed) -> None:
    assert run(capsys, "greet", "--", "--json") == (0, "--json: kind.\n", "")


def test_a_name_with_brackets_is_shown_as_it_is(capsys: Printed) -> None:
    assert run(capsys, "greet", "[red]Mei[/red]")[1] == "[red]Mei[/red]: kind.\n"


def test_the_version_is_told(capsys: Printed) -> None:
    assert run(capsys, "--version") == (0, f"clearshift {__version__}\n", "")
    assert json.loads(run(capsys, "--version", "--json")[1]) == {"version": __version__}


def test_the_module_can_be_run() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "clearshift", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"clearshift {__version__}\n"
