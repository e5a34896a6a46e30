"""What was measured, for as long as it may be kept: Parquet files by day and kind, and the list of them in the database.

A file counts when it is on the list, and no longer than that: so writing, merging and taking a person's readings out are each one
transaction, whatever happens to the files themselves.
"""
