"""The broker that devices reach by MQTT: how it is set up, whom it lets in, and how its messages are taken."""
