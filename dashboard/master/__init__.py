"""The center's data by hand: tables to edit, files in and out, papers to print."""
