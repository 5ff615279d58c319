"""Where triples live and SPARQL runs."""
