"""Where bytes enter and leave: serial ports, serial-to-network boxes, machines that call us.

Nothing in here knows a protocol. Whatever can go wrong with a port is `LinkLost` outside."""
