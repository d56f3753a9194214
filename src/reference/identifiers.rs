//! Numbers with a form or a checksum: identity cards, credit codes, case numbers.
