"""Mails, and pages that were saved as mails are."""
