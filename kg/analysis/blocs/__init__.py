"""Winning coalitions without inner conflict: the exact search behind `kg.analysis.coalitions`.

candidates  the problem: whole-numbered power, who is in tension with whom, as bit sets
relaxed     linear and integer programmes over sets without conflict
strongest   the strongest set without conflict
settling    what settling each tension gains
listing     all minimal winning sets, or the cheapest so many
dense       both where most candidates are in tension
linked      the same where members must be linked by ties
"""
