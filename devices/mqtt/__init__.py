"""The one place that speaks MQTT: which broker, a client that meets the library's traps, the
embedded broker, and what a mosquitto needs to be told."""
