"""What would close a shortage, each answer solved anew; scenarios side by side, and growth."""
