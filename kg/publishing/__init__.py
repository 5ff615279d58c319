"""Data made ready for everybody: without persons, confidential sources and private rows, as a described package of files."""
