"""Views beside the network: pictures and tables made from answers, one module per view."""
