"""The device layer's place in the house: from the bytes on a wire to named values.

Links, protocols, machine twins, gateway, ingest and alarms go here. It reads machines and
never sends one anything that changes a setting. It may import `domain` and nothing else of
ours; `serial` and `paho` only where bytes enter or leave.
"""
