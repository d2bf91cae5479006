"""HL7 v2.6 haemodialysis guide, Rev 4.0: PCD-01 status and PCD-04 alarms over MLLP."""
