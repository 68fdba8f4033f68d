"""Attention to what another network has read, and the block that decoders of Transformers are stacked of."""

from typing import Any

from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

from app.training.modules.attention import EPS, NORMS, TransformerBlock, attention_maps, in_heads
from app.training.modules.over_time import OverTime, counted


class CrossAttention(OverTime):
    """Each place looks at the side `memory`, (b, places of the source, numbers), by PyTorch's fused kernel; with
    `keeps`, written out, and its maps laid aside. `memory_padded`: the side `memory_padding`, (b, places of the source)
    bool, says which of these only fill up. Source: Vaswani et al. 2017, arXiv:1706.03762."""

    def __init__(self, width: int, heads: int, memory: int, *, memory_padded: bool = False, **places: Any) -> None:
        super().__init__(**places)
        self.heads = heads
        self.memory_padded = memory_padded
        self.query_proj = nn.Linear(width, width)
        self.memory_proj = nn.Linear(memory, 2 * width)
        self.out_proj = nn.Linear(width, width)
        self.keeps = False  # lays the maps of a pass aside
        self.kept: Tensor | None = None  # (b, heads, places that look, places of the source) of the last such pass
        self.goes_on = False  # looks at the memory of the first pass, whatever comes later
        self.carried: tuple[Tensor, Tensor] | None = None  # its keys and values

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> the same
        return self.laid(self.looked(self.laid(x)))

    def looked(self, x: Tensor) -> Tensor:
        """What the heads find, (b, places, width) whatever `places_last` says."""
        query = in_heads(self.query_proj(x), self.heads)
        key, value = (self.carried if self.goes_on else None) or self._remembered()
        if self.goes_on:
            self.carried = key, value
        seen = counted(self.sides["memory_padding"])[:, None, None, :] if self.memory_padded else None
        if self.keeps:
            maps = attention_maps(query, key, seen, causal=False)
            found = maps @ value
            self.kept = maps.detach()
        else:
            found = scaled_dot_product_attention(query, key, value, seen)
        return self.out_proj(found.transpose(1, 2).flatten(2))

    def follow(self, behind: Tensor) -> None:
        """Takes what is carried along of these rows."""
        if self.carried:
            self.carried = self.carried[0][behind], self.carried[1][behind]

    def _remembered(self) -> tuple[Tensor, Tensor]:
        """Keys and values of the memory, each (b, heads, places of the source, width of a head)."""
        key, value = (in_heads(half, self.heads) for half in self.memory_proj(self.sides["memory"]).chunk(2, dim=-1))
        return key, value

    def extra_repr(self) -> str:
        return f"heads={self.heads}, memory_padded={self.memory_padded}, {super().extra_repr()}"


class DecoderBlock(TransformerBlock):
    """A Transformer block with cross-attention between its attention and its linear layers. Source: Vaswani et al.
    2017, arXiv:1706.03762."""

    def __init__(
        self,
        width: int,
        heads: int,
        feedforward: int,
        memory: int,
        *,
        memory_padded: bool = False,
        norm: str = "layer_norm",
        **options: Any,
    ) -> None:
        super().__init__(width, heads, feedforward, norm=norm, **options)
        self.cross_attention = CrossAttention(width, heads, memory, memory_padded=memory_padded)
        self.norm_memory = NORMS[norm](width, eps=EPS)

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> the same
        x = self.laid(x)
        if self.norm_first:
            x = x + self.dropout(self.attention.looked(self.norm1(x)))
            x = x + self.dropout(self.cross_attention.looked(self.norm_memory(x)))
            x = x + self.dropout(self.thought(self.norm2(x)))
        else:
            x = self.norm1(x + self.dropout(self.attention.looked(x)))
            x = self.norm_memory(x + self.dropout(self.cross_attention.looked(x)))
            x = self.norm2(x + self.dropout(self.thought(x)))
        return self.laid(x)
