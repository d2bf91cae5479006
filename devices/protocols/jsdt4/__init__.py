"""The JSDT common dialysis protocol, version 4: the machine speaks, we acknowledge."""
