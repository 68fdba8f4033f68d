"""Looking inside without changing anything: frames for whoever watches, and frames that are kept."""

import time
import zlib

import torch

from app.experiment.experiment import Experiment
from app.runs.folder import RunFolder, write_whole
from app.runs.frames import Frame, encode
from app.training.probes import PROBE_WORK, Look, ProbeWork


class Probing:
    """The probes of one run."""

    def __init__(self, experiment: Experiment, look: Look) -> None:
        self.look = look
        self._works: dict[str, ProbeWork] = {
            probe.kind: PROBE_WORK[probe.kind](look)
            for probe in experiment.chosen_probes()
            if PROBE_WORK[probe.kind].sees(look)
        }

    @property
    def names(self) -> list[str]:
        """The probes there are."""
        return list(self._works)

    def frames(self, names: list[str], step: int, epoch: float) -> dict[str, bytes]:
        """A frame of each named probe, encoded."""
        for networks in (self.look.networks, self.look.live or {}):
            for network in networks.values():
                network.eval()
        taken: dict[str, bytes] = {}
        with torch.no_grad():
            for name in names:
                if name in self._works:
                    about, arrays = self._works[name].take()
                    taken[name] = encode(Frame(name, step, epoch, arrays, about))
        return taken

    def show(self, folder: RunFolder, names: list[str], step: int, epoch: float) -> float:
        """Replaces the newest frames of some probes; gives the seconds it took."""
        start = time.perf_counter()
        for name, block in self.frames(names, step, epoch).items():
            write_whole(folder.live_file(name), block)
        return time.perf_counter() - start

    def keep(self, folder: RunFolder, step: int, epoch: float) -> float:
        """Keeps a frame of every probe, and shows it; gives the seconds it took."""
        start = time.perf_counter()
        for name, block in self.frames(self.names, step, epoch).items():
            write_whole(folder.live_file(name), block)
            kept = folder.frame_file(name, step)
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_whole(kept, zlib.compress(block, 1))
        return time.perf_counter() - start
