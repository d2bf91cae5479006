"""Why a patient does not sit in a slot, and the cheapest plan in which the patient does."""
