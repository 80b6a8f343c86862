"""The corridor of ``policyaudit review``."""
