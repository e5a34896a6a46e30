"""Open311 GeoReport v2: the same cases as programs of other cities know them, as the specification of 2011 says."""
