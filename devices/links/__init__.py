"""Where bytes enter and leave: serial ports, serial-to-Ethernet boxes and TCP connections."""
