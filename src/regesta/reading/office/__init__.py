"""Office files and books: packages of XML, and old workbooks."""
