"""The product's two languages: from `Words` to English or Chinese text.

`speaker` gives the callable that everything which shows text is handed. The catalog is a
gettext file whose keys are the English texts; English itself needs none.
"""

from clearshift.i18n.speaker import LANGUAGES, both, speaker
from domain.words import Say

__all__ = ["LANGUAGES", "Say", "both", "speaker"]
