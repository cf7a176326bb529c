"""The corpus's own modules are run by tests/test_corpus.py; pytest does not collect them as tests."""

collect_ignore_glob = ["*.py"]
