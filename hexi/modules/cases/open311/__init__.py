"""Open311 GeoReport v2: the same cases as programs of other cities know them (https://wiki.open311.org/GeoReport_v2, read in 2026)."""
