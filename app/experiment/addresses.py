"""Addresses: a layer, a parameter or a neuron's car is named by its place in the document.

`/networks/main/layers/2/layers/0` is a layer within a layer; what PyTorch calls its parameter stands behind it:
`/networks/main/layers/2/layers/0/weight`. The head that is added has the address `/networks/main/head/0`, which exists
in no document: `field_of` gives the field that stands for it.
"""

LAYER_LISTS = ("layers", "head", "branches")  # the number of a layer or branch stands behind these


def network_address(network: str) -> str:
    """`/networks/main` for `main`."""
    return f"/networks/{network}"


def network_of(address: str) -> str:
    """The name of the network that an address leads into."""
    return address.split("/")[2]


def parameter_address(network: str, name: str) -> str:
    """`/networks/main/layers/0/weight` for what PyTorch calls `layers.0.weight` in the network `main`."""
    return f"{network_address(network)}/{name.replace('.', '/')}"


def name_within(address: str) -> str:
    """What PyTorch calls a module or parameter within its network: `layers.0.weight`."""
    return address.split("/", 3)[3].replace("/", ".")


def layer_of(address: str) -> str:
    """The layer that a parameter belongs to: `…/layers/0/squeeze/weight` gives `…/layers/0`."""
    keys = address.split("/")
    end = 3
    while end + 1 < len(keys) and keys[end] in LAYER_LISTS and keys[end + 1].isdigit():
        end += 2
    return "/".join(keys[:end])


def in_head(address: str) -> bool:
    """Whether a layer belongs to the head that is added."""
    return address.split("/")[3:4] == ["head"]


def field_of(address: str) -> str:
    """The place in the document that a layer's address means: its own, or the field `head`."""
    return f"{network_address(network_of(address))}/head" if in_head(address) else address
