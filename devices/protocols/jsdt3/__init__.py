"""The JSDT common dialysis protocol, version 3: we poll, the machine replies."""
