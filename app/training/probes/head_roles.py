"""What each head of attention does."""

from typing import Any

from app.training.probes.look import Look
from app.training.probes.roles import ROLES, Roles
from app.training.probes.work import Arrays, ProbeWork


class HeadRolesWork(ProbeWork):
    """For each attention `roles:<address>` float32 (heads, roles), as `about.roles` names them. Small, so that the
    frames of all kept moments can be read: they tell from which step on a head does what it does."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.roles = Roles(look)

    def take(self) -> tuple[dict[str, Any], Arrays]:
        if not self.roles.layers:
            return {"layers": []}, {}
        found = self.roles.measured()
        arrays: Arrays = {f"roles:{address}": shares for address, shares in found.items()}
        return {"layers": list(found), "roles": list(ROLES)}, arrays
