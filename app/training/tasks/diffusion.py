"""What diffusion computes: samples with noise over them, what a network tells of it, and the way back."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array
from app.parts.tasks.diffusion import Diffusion
from app.training.data.batch import Batch, X
from app.training.tasks.cleaning import Cleaning
from app.training.tasks.generating import NOTHING, GeneratingWork, Sides, Stage
from app.training.tasks.work import Move, Networks

FRESH = 12  # stream of randomness for the noise of drawing, apart from that of training
OFFSET = 0.008  # of the cosine schedule, so that the first steps are not too small
LARGEST = 0.999  # share of the variance that one step may take
LINEAR = (0.1, 20.0)  # what a step of the linear schedule takes, first and last, times how many steps there are


class DiffusionWork(Cleaning, GeneratingWork):
    """The network sees samples in units of their own spread. `kept` are the shares of a clean sample's variance that
    are left (times + 1,), which papers call ᾱ: 1 at first, near 0 at last. `signal` and `noise` are how large the clean
    sample and the noise stand in a noisy one."""

    task: Diffusion

    def __init__(self, experiment: Experiment) -> None:
        super().__init__(experiment)
        self.middle, self.spread = experiment.dataset.scale()
        straight = self.task.noise_schedule == "straight"
        self.kept = torch.from_numpy(kept(self.task.times, self.task.noise_schedule))
        self._exact = self.kept.sqrt(), 1 - self.kept.sqrt() if straight else (1 - self.kept).sqrt()
        self.signal, self.noise = (tensor.float() for tensor in self._exact)

    def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
        x = self.scaled(batch.inputs[X])
        times = torch.randint(1, self.task.times + 1, (len(x),))
        noisy, wanted = self.laid_over(x, torch.randn_like(x), times)
        sides = self.asked(batch)
        return {"loss": move(("main",), lambda: self.criterion(self.told(networks, noisy, times, sides), wanted))}

    def laid_over(self, x: Tensor, noise: Tensor, times: Tensor) -> tuple[Tensor, Tensor]:
        """Scaled samples (b, …) under this noise at these times (b,), and what the network is to tell of them."""
        signal, spread = over(self.signal[times], x), over(self.noise[times], x)
        noisy = signal * x + spread * noise
        of_noise, of_sample = self._mixture(signal, spread)
        return noisy, noise if self.task.prediction == "noise" else of_noise * noise - of_sample * x

    def losses_at(
        self, networks: Networks, x: Tensor, noise: Tensor, time: int, sides: Sides = NOTHING
    ) -> tuple[float, float]:
        """The mean loss of scaled samples (b, …) under this noise at one time, and that of telling the mean of what is
        wanted, whatever the sample."""
        times = torch.full((len(x),), time)
        noisy, wanted = self.laid_over(x, noise, times)
        told = self.criterion(self.told(networks, noisy, times, sides), wanted)
        return float(told), float(self.criterion(wanted.mean(dim=0).expand_as(wanted), wanted))

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        noise = batch.inputs["noise"]
        last = noise
        for stage in self.stages(networks, noise, self.asked(batch)):
            last = stage.noisy
        return self.unscaled(last)

    def entered(self, batch: Batch) -> Tensor:
        """Samples half way to noise, as the network sees them."""
        half = self.task.times // 2
        return self.signal[half] * self.scaled(batch.inputs[X]) + self.noise[half] * batch.inputs["noise"]

    def through(self, networks: Networks, batch: Batch) -> Tensor:
        times = torch.full((batch.size,), self.task.times // 2)
        return self.told(networks, self.entered(batch), times, self.asked(batch))

    def way(self, networks: Networks, noise: Tensor, sides: Sides = NOTHING) -> Iterator[Stage]:
        for stage in self.stages(networks, noise, sides):
            yield Stage(stage.time, self.unscaled(stage.noisy), self.unscaled(stage.clean))

    def noised(self, x: Tensor, noise: Tensor, time: int) -> Tensor:
        return self.unscaled(self.signal[time] * self.scaled(x) + self.noise[time] * noise)

    def roughened(self, x: Tensor, noise: Tensor, amount: float) -> Tensor:
        return self.noised(x, noise, self._time(amount))

    def cleaned(self, networks: Networks, noisy: Tensor, amount: float, label: int | None) -> Mapping[str, Tensor]:
        wanted = self.of_each(1) if label is None else [self.all_of(label, 1)]
        sides = {name: torch.cat([side[name] for side in wanted]) for name in wanted[0]}
        same = self.scaled(noisy).expand(len(wanted), *noisy.shape[1:])
        way = list(self.stages(networks, same, sides, self._time(amount)))
        return {"made_out": self.unscaled(way[0].clean), "clean": self.unscaled(way[-1].noisy)}

    def _time(self, amount: float) -> int:
        return round(amount * self.task.times)

    def scaled(self, x: Tensor) -> Tensor:
        """Samples (b, …) in units of their spread, about 0: the noise reaches as far."""
        return (x - self.middle) / self.spread

    def unscaled(self, z: Tensor) -> Tensor:
        """The opposite of `scaled`."""
        return z * self.spread + self.middle

    def told(self, networks: Networks, noisy: Tensor, times: Tensor, sides: Sides = NOTHING) -> Tensor:
        """What the network says of samples (b, …) at these times (b,)."""
        return networks["main"](noisy, time=times / self.task.times, **sides)

    def stages(
        self, networks: Networks, noise: Tensor, sides: Sides = NOTHING, since: int | None = None
    ) -> Iterator[Stage]:
        """The way from pure noise (b, …) to samples, in the sampling steps of the task; the last is at time 0. With
        `since` it begins there, with samples under as much noise. What new noise is laid over them is the same for each
        call. Source: Song et al. 2021, arXiv:2010.02502, equation 12."""
        chance = torch.Generator().manual_seed(FRESH)
        times = self.sampling_times()
        if since is not None:
            times = [since, *(time for time in times if time < since)]
        noisy = clean = noise
        for time, nearer in pairwise(times):
            clean, laid = self.made_out(networks, noisy, time, sides)
            yield Stage(time, noisy, clean)
            fresh = self.task.eta * self.freshness(time, nearer)
            noisy = self.signal[nearer] * clean + (self.noise[nearer] ** 2 - fresh**2).clamp(min=0).sqrt() * laid
            if fresh:
                noisy = noisy + fresh * torch.randn(noise.shape, generator=chance)
        yield Stage(0, noisy, noisy)

    def sampling_times(self) -> list[int]:
        """The diffusion steps that drawing stops at, from the last to 0."""
        steps = min(self.task.sampling_steps, self.task.times)
        return [round(self.task.times * left / steps) for left in range(steps, -1, -1)]

    def made_out(self, networks: Networks, noisy: Tensor, time: int, sides: Sides = NOTHING) -> tuple[Tensor, Tensor]:
        """The clean sample and the noise that the network makes out in noisy samples (b, …) at one time."""
        said = self.told(networks, noisy, torch.full((len(noisy),), time), sides)
        signal, spread = self.signal[time], self.noise[time]
        if self.task.prediction == "noise":
            return (noisy - spread * said) / signal, said
        exact = [tensor[time] for tensor in self._exact]
        of_noise, of_sample = self._mixture(*exact)
        both = exact[0] * of_noise + exact[1] * of_sample  # 1 for the velocity of schedules that keep the variance
        return (of_noise * noisy - spread * said) / both, (of_sample * noisy + signal * said) / both

    def _mixture(self, signal: Tensor, spread: Tensor) -> tuple[Tensor | float, Tensor | float]:
        """How much noise, less how much of the clean sample, the network tells where they stand so large."""
        mixtures = {"noise": (1.0, 0.0), "velocity": (signal, spread), "sample": (0.0, -1.0), "flow": (1.0, 1.0)}
        return mixtures[self.task.prediction]

    def freshness(self, time: int, nearer: int) -> float:
        """The spread of new noise with which a step from `time` is one of DDPM. Equation 16 of the same paper, for any
        sizes of sample and noise."""
        (now, then), (much, less) = ((float(tensor[time]), float(tensor[nearer])) for tensor in self._exact)
        return less / much * (much**2 - (now / then * less) ** 2) ** 0.5


def kept(times: int, schedule: str) -> Array:
    """How much of a clean sample's variance is left after each diffusion step: (times + 1,) float64, 1 at first.
    Sources: Ho et al. 2020, arXiv:2006.11239; Nichol and Dhariwal 2021, arXiv:2102.09672; Lipman et al. 2022,
    arXiv:2210.02747."""
    if schedule == "straight":
        return (1 - np.arange(times + 1) / times) ** 2
    if schedule == "linear":
        taken = np.linspace(*LINEAR, times) / times
    else:
        at = np.cos((np.arange(times + 1) / times + OFFSET) / (1 + OFFSET) * np.pi / 2) ** 2
        taken = 1 - at[1:] / at[:-1]
    return np.concatenate([[1.0], np.cumprod(1 - np.minimum(taken, LARGEST))])


def over(numbers: Tensor, x: Tensor) -> Tensor:
    """One number for each sample (b,), laid out so that it counts for all numbers of it: (b, 1, …) as `x` has sizes."""
    return numbers.reshape(-1, *[1] * (x.dim() - 1))
