"""How tokenizers learn and cut, under the names of `app/parts/tokenizers/`."""

from app.training.tokenizers.cutting import cut, cutting, prompt_of, tokens_of
from app.training.tokenizers.work import TokenizerWork

__all__ = ["TokenizerWork", "cut", "cutting", "prompt_of", "tokens_of"]
