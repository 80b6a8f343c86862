"""The two ways in which something can be wrong with what a user gave us. Their message is the one line the user sees."""


class UnreadableDocument(Exception):
    """A file that cannot be read; the run goes on without it. The message says why and what to do, without the file's name."""


class UsageError(Exception):
    """Wrong usage, a faulty rubric or manifest: nothing can be run. The message may have several lines, one a fault."""
