from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from devices.gateway.lines import read_lines
from devices.protocols.listed import PROTOCOL
from devices.twin.floor import (
    Seat,
    Via,
    clock_error,
    lines_toml,
    link_for_gateway,
    machine_clock,
    maker,
    seated,
)
from devices.twin.manners import POLITE, USUAL, WELL_CARRIED
from domain.telemetry import Generation


def machines(count: int) -> list[tuple[str, str, str]]:
    return [(f"HD-{number:02}", f"SIM-{number}", "M") for number in range(1, count + 1)]


def links(seats: tuple[Seat, ...], folder: Path) -> dict[str, str]:
    """As lines of these kinds would be reached."""
    where = {
        Via.PTY: f"{folder}/{{machine}}",
        Via.RAW: "socket://127.0.0.1:4{number:03}",
        Via.TELNET: "rfc2217://127.0.0.1:4{number:03}",
        Via.CALL: "tcp://127.0.0.1:2575",
    }
    return {
        seat.machine: where[seat.via].format(machine=seat.machine, number=number)
        for number, seat in enumerate(seats)
    }


def test_a_mixed_floor_speaks_every_protocol_over_every_kind_of_line() -> None:
    seats = seated(machines(32), PROTOCOL)
    assert Counter(seat.protocol.name for seat in seats) == {"jsdt3": 16, "jsdt4": 8, "hl7": 8}
    assert {seat.via for seat in seats} == set(Via)


@pytest.mark.parametrize(("name", "via"), [("jsdt3", Via.PTY), ("hl7", Via.CALL)])
def test_one_protocol_alone_comes_the_way_it_usually_does(name: str, via: Via) -> None:
    seats = seated(machines(3), PROTOCOL, name)
    assert {(seat.protocol.name, seat.via) for seat in seats} == {(name, via)}


def test_the_gateway_reads_what_is_written_for_it(tmp_path: Path) -> None:
    seats = seated(machines(32), PROTOCOL)
    read = read_lines(lines_toml(seats, links(seats, tmp_path)), PROTOCOL)
    assert [line.machine for line in read] == [seat.machine for seat in seats]
    assert {line.generation for line in read} == {Generation.DEMO}
    assert {line.wire.baud for line in read} == {9600}


def test_a_gateway_listens_for_machines_that_call() -> None:
    caller, box = seated(machines(2), PROTOCOL, "hl7")[0], seated(machines(4), PROTOCOL)[3]
    assert link_for_gateway(caller, "tcp://10.0.0.7:2575") == "listen://10.0.0.7:2575"
    assert link_for_gateway(box, "socket://127.0.0.1:4001") == "socket://127.0.0.1:4001"


def test_rudeness_fits_the_wire() -> None:
    caller, serial = seated(machines(1), PROTOCOL, "hl7")[0], seated(machines(1), PROTOCOL)[0]
    assert maker(caller, Random(1)).manners == WELL_CARRIED
    assert maker(serial, Random(1)).manners == USUAL
    assert maker(serial, Random(1), polite=True).manners == POLITE


def test_one_machine_in_seven_or_so_is_older_and_sends_less() -> None:
    seat = seated(machines(1), PROTOCOL)[0]
    older = [made for seed in range(300) if (made := maker(seat, Random(seed))).unsaid]
    assert 25 <= len(older) <= 70
    assert all(1 <= len(made.unsaid) <= 3 for made in older)


def test_clocks_are_wrong_by_minutes_and_some_by_a_time_zone() -> None:
    errors = [clock_error(Random(seed)) for seed in range(300)]
    far = [error for error in errors if abs(error) >= timedelta(hours=1)]
    assert 10 <= len(far) <= 60
    assert all(abs(error) < timedelta(minutes=15) for error in errors if error not in far)


def test_a_machines_clock_counts_from_its_own_second_0() -> None:
    now = datetime(2026, 3, 2, 9, 0)
    begin = machine_clock(now, 3_600.0, Random(3))
    assert abs(begin - datetime(2026, 3, 2, 8, 0)) == abs(clock_error(Random(3)))
