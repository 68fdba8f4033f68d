"""Attention, and the block that Transformers are stacked of.

One file, though long: a block is made of the same few functions as attention alone, and both keep what they have read.
"""

from math import sqrt
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

from app.training.modules.over_time import OverTime, counted

NORMS = {"layer_norm": nn.LayerNorm, "rms_norm": nn.RMSNorm}
ACTIVATIONS = {"gelu": nn.functional.gelu, "relu": nn.functional.relu, "swiglu": nn.functional.silu}
EPS = 1e-5
BASE = 10_000  # of rotary and sinusoidal positions: the longest wave is 2π times as long


class Attention(OverTime):
    """Self-attention of several heads by PyTorch's fused kernel; with `keeps`, written out, and its maps laid aside.

    Places that only fill up are seen by none. They stand at the end, so that with `causal`, which lets each place see
    itself and what stands before it, there is nothing to hide. Source: Vaswani et al. 2017, arXiv:1706.03762; `rotary`:
    Su et al. 2021, arXiv:2104.09864; `alibi`: Press et al. 2021, arXiv:2108.12409; `kv_heads`, the heads that keys and
    values have: Ainslie et al. 2023, arXiv:2305.13245; `qk_norm`: Henry et al. 2020, arXiv:2010.04245.
    """

    def __init__(
        self,
        width: int,
        heads: int,
        *,
        causal: bool = False,
        rotary: bool = False,
        alibi: bool = False,
        kv_heads: int | None = None,
        qk_norm: bool = False,
        **places: Any,
    ) -> None:
        super().__init__(**places)
        self.heads = heads
        self.kv_heads = kv_heads or heads
        self.causal = causal
        self.rotary = rotary
        self.alibi = alibi
        keys = width // heads * self.kv_heads
        self.widths = [width, keys, keys]  # of queries, keys and values
        self.in_proj = nn.Linear(width, sum(self.widths))
        self.out_proj = nn.Linear(width, width)
        self.query_norm = HeadNorm(width, heads) if qk_norm else nn.Identity()
        self.key_norm = HeadNorm(keys, self.kv_heads) if qk_norm else nn.Identity()
        self.keeps = False  # lays the maps of a pass aside
        self.kept: Tensor | None = None  # (b, heads, places that look, places looked at) of the last pass with `keeps`
        self.goes_on = False  # begins behind the places that the passes before have read, and looks at those, too
        self.carried: tuple[Tensor, Tensor] | None = None  # keys and values of all places read with `goes_on`

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> the same
        return self.laid(self.looked(self.laid(x)))

    def looked(self, x: Tensor) -> Tensor:
        """What the heads find, (b, places, width) whatever `places_last` says."""
        query, key, value = self.in_proj(x).split(self.widths, dim=-1)
        query, key = self.query_norm(query), self.key_norm(key)
        query, key, value = in_heads(query, self.heads), in_heads(key, self.kv_heads), in_heads(value, self.kv_heads)
        read = self.carried[0].shape[2] if self.goes_on and self.carried else 0
        if self.rotary:
            query, key = turned(query, read), turned(key, read)
        if self.goes_on:
            if self.carried:
                key, value = torch.cat((self.carried[0], key), dim=2), torch.cat((self.carried[1], value), dim=2)
            self.carried = key, value
        return self.out_proj(self._found(query, key, value).transpose(1, 2).flatten(2))

    def follow(self, behind: Tensor) -> None:
        """Takes what is carried along of these rows."""
        if self.carried:
            self.carried = self.carried[0][behind], self.carried[1][behind]

    def _found(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """The mean of the values by the shares of their places, (b, heads, places, width of a head)."""
        seen = (
            counted(self.sides["padding"], key.shape[2])[:, None, None, :] if self.padded and not self.causal else None
        )
        key, value = for_each_head(key, self.heads), for_each_head(value, self.heads)
        distance = penalties(self.heads, query.shape[2], key.shape[2]) if self.alibi else None
        if self.keeps:
            maps = attention_maps(query, key, seen, self.causal, distance)
            self.kept = maps.detach()
            return maps @ value
        if distance is not None:
            hidden = ~backwards(query.shape[2], key.shape[2]) if self.causal else None if seen is None else ~seen
            weakened = distance if hidden is None else distance.masked_fill(hidden, -torch.inf)
            return scaled_dot_product_attention(query, key, value, weakened)
        if self.causal and query.shape[2] != key.shape[2]:  # the kernel would take the first places for the last
            seen = backwards(query.shape[2], key.shape[2])
            return scaled_dot_product_attention(query, key, value, seen)
        return scaled_dot_product_attention(query, key, value, seen, is_causal=self.causal)

    def extra_repr(self) -> str:
        chosen = f"causal={self.causal}, rotary={self.rotary}, alibi={self.alibi}, kv_heads={self.kv_heads}"
        return f"heads={self.heads}, {chosen}, {super().extra_repr()}"


class HeadNorm(nn.Module):
    """Divides the numbers of each head by the root of their mean square, and scales each. Source: Zhang and Sennrich
    2019, arXiv:1910.07467."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> the same
        apart = x.view(*x.shape[:2], self.heads, -1)
        return nn.functional.rms_norm(apart, apart.shape[-1:], eps=EPS).flatten(2) * self.weight

    def extra_repr(self) -> str:
        return f"heads={self.heads}"


class TransformerBlock(OverTime):
    """Attention and two linear layers, each with its input added and normalised in front, or behind as in the paper.
    `looking` are the options of its attention.

    Source: Vaswani et al. 2017, arXiv:1706.03762; `norm_first`: Xiong et al. 2020, arXiv:2002.04745; `swiglu`: Shazeer
    2020, arXiv:2002.05202.
    """

    def __init__(
        self,
        width: int,
        heads: int,
        feedforward: int,
        *,
        activation: str = "gelu",
        norm: str = "layer_norm",
        norm_first: bool = True,
        dropout: float = 0.0,
        places_last: bool = False,
        padded: bool = False,
        **looking: Any,
    ) -> None:
        super().__init__(places_last=places_last, padded=padded)
        self.norm_first = norm_first
        self.activation = activation
        self.attention = Attention(width, heads, padded=padded, **looking)
        self.norm1 = NORMS[norm](width, eps=EPS)
        self.norm2 = NORMS[norm](width, eps=EPS)
        self.linear1 = nn.Linear(width, feedforward)
        self.linear2 = nn.Linear(feedforward, width)
        self.linear3 = nn.Linear(width, feedforward) if activation == "swiglu" else None
        self.dropout = nn.Dropout(dropout)
        self._bend = ACTIVATIONS[activation]

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> the same
        x = self.laid(x)
        if self.norm_first:
            x = x + self.dropout(self.attention.looked(self.norm1(x)))
            x = x + self.dropout(self.thought(self.norm2(x)))
        else:
            x = self.norm1(x + self.dropout(self.attention.looked(x)))
            x = self.norm2(x + self.dropout(self.thought(x)))
        return self.laid(x)

    def thought(self, x: Tensor) -> Tensor:
        """What the linear layers make of each place by itself."""
        inner = self._bend(self.linear1(x))
        return self.linear2(inner if self.linear3 is None else inner * self.linear3(x))

    def extra_repr(self) -> str:
        return f"activation={self.activation}, norm_first={self.norm_first}, {super().extra_repr()}"


class Position(OverTime):
    """Adds something to each place, whatever stands there."""

    def __init__(self, **laid: Any) -> None:
        super().__init__(**laid)
        self.goes_on = False  # begins behind the places that the passes before have read
        self.carried: int | None = None  # how many places were read with `goes_on`

    def follow(self, behind: Tensor) -> None:
        """Nothing to do: all rows have read as many places."""

    def rows(self, known: Tensor, count: int) -> Tensor:
        """Those of the next places, so many of `known` (places, width)."""
        first = (self.carried or 0) if self.goes_on else 0
        if self.goes_on:
            self.carried = first + count
        return known[first : first + count]


class LearnedPosition(Position):
    """A row of `width` learned numbers for each place, as small at first as GPT's and BERT's. Source: Gehring et al.
    2017, arXiv:1705.03122."""

    def __init__(self, places: int, width: int, **laid: Any) -> None:
        super().__init__(**laid)
        self.weight = nn.Parameter(torch.randn(places, width) * 0.02)

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> the same
        x = self.laid(x)
        return self.laid(x + self.rows(self.weight, x.shape[1]))


class SinusoidalPosition(Position):
    """Waves added to each place. Source: Vaswani et al. 2017, arXiv:1706.03762."""

    def __init__(self, places: int, width: int, **laid: Any) -> None:
        super().__init__(**laid)
        angles = waves(places, width + width % 2)  # (places, pairs)
        both = torch.stack((angles.sin(), angles.cos()), dim=-1).flatten(1)[:, :width]
        self.register_buffer("waves", both, persistent=False)

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> the same
        x = self.laid(x)
        return self.laid(x + self.rows(self.get_buffer("waves"), x.shape[1]))


def waves(places: int, width: int) -> Tensor:
    """The angle of each place (places,) in each of `width // 2` waves, from 1 radian a place to a `BASE`th of it."""
    speeds = BASE ** -(torch.arange(0, width, 2) / width)
    return torch.arange(places)[:, None] * speeds


def turned(x: Tensor, first: int = 0) -> Tensor:
    """Turns the pairs (k, k + half) of numbers by the angles of their places, the first of which is place `first`:
    (b, heads, places, width)."""
    angles = waves(first + x.shape[2], x.shape[3])[first:]
    left, right = x.chunk(2, dim=-1)
    return torch.cat((left * angles.cos() - right * angles.sin(), right * angles.cos() + left * angles.sin()), dim=-1)


def in_heads(x: Tensor, heads: int) -> Tensor:
    """(b, places, width) as (b, heads, places, width of a head)."""
    return x.view(*x.shape[:2], heads, -1).transpose(1, 2)


def backwards(looking: int, looked_at: int) -> Tensor:
    """Which places the last `looking` of `looked_at` see: themselves and those before, (looking, looked at) bool."""
    return torch.ones(looking, looked_at, dtype=torch.bool).tril(looked_at - looking)


def for_each_head(x: Tensor, heads: int) -> Tensor:
    """Keys or values (b, their heads, places, width) as each of so many heads reads them."""
    return x if x.shape[1] == heads else x.repeat_interleave(heads // x.shape[1], dim=1)


def penalties(heads: int, looking: int, looked_at: int) -> Tensor:
    """What ALiBi adds to the scores of the last `looking` of `looked_at` places, (heads, looking, looked at)."""
    places = torch.arange(looked_at)
    slopes = 2.0 ** (-8 * torch.arange(1, heads + 1) / heads)
    return -slopes[:, None, None] * (places[-looking:, None] - places).abs()


def attention_maps(
    query: Tensor, key: Tensor, seen: Tensor | None, causal: bool, distance: Tensor | None = None
) -> Tensor:
    """softmax(Q·Kᵀ/√d), with what is added for the distance, written out: (b, heads, places that look, places looked
    at), each row adding up to 1."""
    scores = query @ key.transpose(-2, -1) / sqrt(query.shape[-1])
    if distance is not None:
        scores = scores + distance
    if causal:
        scores = scores.masked_fill(~backwards(*scores.shape[-2:]), -torch.inf)
    if seen is not None:
        scores = scores.masked_fill(~seen, -torch.inf)
    return torch.softmax(scores, dim=-1)
