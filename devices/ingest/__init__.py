"""From messages to stored rows: validate, quarantine, settle, and only then acknowledge."""
