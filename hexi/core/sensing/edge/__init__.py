"""Mosquitto at the edge: devices speak MQTT 5 to it, and it passes on what they say by one gateway's key."""
