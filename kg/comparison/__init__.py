"""What differs: between two versions or dates of a graph, and between those who coded the same."""
