"""The local procedures as data: what a policy team reads and a schema checks.

A file takes one way: reading (YAML with its lines) → shape and schema (its form) → check with references, facts,
course, forms and times (its faults) → merge (defaults filled in) → resolve with steps, parts, deciding, beginning and
calendar (the procedure that the rules run) → stored (as bytes, with each meeting). show prints one, notices tells a
chair about its document. pathways are a deployment's own file, checked alike.
"""
