"""From and to RDF: one module per format."""
