"""Kinds of terms, one module a kind: a phrase is found in the one pass, the others look only where an anchor stands."""
