"""Exact splitting of signed networks into camps.

A network enters as `Pulls`: for every tied pair one whole number, positive when parting the two costs something, negative
when keeping them together does. Whatever the number of camps, a split costs the sum of the pulls it goes against.

pulls      the problem, its blocks, its contraction
reduce     actors and ties that need no search
descent    good splits, fast (the upper bound)
cycles     ties that no split can all respect (the cuts)
relaxation the linear programme over the cuts and its certified lower bound
assignment the exact search in small networks
search     the exact search in large ones
places     its last part for three camps and more: the programme over who stands where
optima     all best splits
core       whose place they decide
clock      time limit, Ctrl-C, progress
"""
