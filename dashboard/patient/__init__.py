"""The patient's own page behind a long random address: plain, fast, nothing clinical on it."""
