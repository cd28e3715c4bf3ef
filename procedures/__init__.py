"""The local procedures as data: what a policy team reads and a schema checks."""
