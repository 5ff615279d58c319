"""Tests of pages and their parts, without a browser."""
