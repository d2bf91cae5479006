"""The center's memory: tables, migrations, loading and saving, and the files of a center.

Everything read leaves as domain values and everything stored enters as such; rows of tables
stay inside. Imports the domain and database and file libraries, never scheduler or devices.
"""
