"""The four answers, in the words that are kept and shown."""

FITS = "cocok"
OTHER_DEFINITION = "beda karena definisi"
NO_FIT = "tidak cocok"
UNKNOWN = "tidak dapat diperiksa"
VERDICTS = (FITS, OTHER_DEFINITION, NO_FIT, UNKNOWN)
