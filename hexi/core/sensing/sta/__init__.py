"""OGC SensorThings API 1.1, the sensing part, over the house's own registers and readings.

Things, Sensors and FeaturesOfInterest are devices as three views of them; a Datastream is a device with a kind of reading. Nothing is kept
twice, so nothing here is created but Observations: devices are registered at the desk, kinds are declared.
"""
