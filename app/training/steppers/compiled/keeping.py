"""Where the compiled loop is kept between two starts."""

import os
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent


def kept_in() -> Path:
    """A folder for just these sources: Numba looks at the age of one file, and the loop is made of several."""
    sources = b"".join(path.read_bytes() for path in sorted(HERE.glob("*.py")))
    return Path(os.environ.get("NUMBA_CACHE_DIR") or HERE / "__pycache__") / sha256(sources).hexdigest()[:16]
