"""The roles of eldercare."""

STEWARD, CENTRE, OFFICE, PROVIDER, HOME = "care_steward", "care_centre", "care_office", "care_provider", "care_home"
KEEPERS = ("community_worker", STEWARD, CENTRE)
"""They keep files, with the elder beside them or on the telephone."""
