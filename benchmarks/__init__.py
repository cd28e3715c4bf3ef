"""Benchmarks with a figure for each promise about speed: run them with make bench."""
