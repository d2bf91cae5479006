"""From lines to messages: many machines in one process, each on a thread of its own, with a
spool on disk that forgets only what ingest has confirmed stored."""
