"""One folder a protocol: codec (bytes to frames), driver (frames to words), twin (how a
simulated machine says it), examples typed by hand. Encoder and decoder share no tables."""
