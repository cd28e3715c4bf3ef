"""The tests of Chairside, one package for each way of asking."""
