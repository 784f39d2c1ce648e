"""The glossary for translators: a table for a spreadsheet, TBX for their tools, and the table in again."""
