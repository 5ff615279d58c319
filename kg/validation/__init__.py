"""What is wrong in somebody's material: tables, shapes, checks, near-duplicate names; each finding in plain words."""
