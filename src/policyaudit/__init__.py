"""policyaudit: laws, plans, codes and policies audited against a rubric, every finding on a verbatim quotation."""

__version__ = "0.3.0"
