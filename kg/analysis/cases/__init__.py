"""A case: the facts that an analysis works on, selected from a graph or made by hand, and the analyses that take one.

model       Case and what it holds: actors, ties, positions, assessments; easily changed, never in place
selecting   a case from a graph, by country, issue, date, relation types, confidence and status
wording     the line that says which facts were used, and sentences in the languages of kg
splits      camps of a case; indices, brokering, circles: power, brokers and communities
report      what an analysis tells: sentences, tables, remarks; `*_report` make one
"""
