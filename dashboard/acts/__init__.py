"""What people do through the web, each checked again, stored and written into the audit at
once. Nothing in here draws."""
