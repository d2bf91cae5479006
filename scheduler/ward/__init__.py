"""The ward's nurse roster: what plans ask of nurses, rules in the ward's words, their translation
into a `scheduler.roster` shape and back, gaps, the fairness ledger, repair."""
