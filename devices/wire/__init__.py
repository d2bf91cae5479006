"""Topics and payloads between gateways and ingest: the one home of both directions."""
