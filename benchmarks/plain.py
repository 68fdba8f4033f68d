"""Training steps in plain PyTorch, as everyone writes them first: the loops beside which ours are timed.

Each is made of an experiment, and takes a batch: what goes in (b, …) and what is learned from it (b, …).
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

from app.experiment.experiment import Experiment
from app.training.building import build
from app.training.tasks.diffusion import kept
from benchmarks import peers

Step = Callable[[Tensor, Tensor], None]


def network_of(experiment: Experiment, name: str = "main") -> nn.Module:
    """The modules of one network, one behind another."""
    return nn.Sequential(*(build(placed.layer.module_for(placed.before)) for placed in experiment.placed(name)))


def supervised(experiment: Experiment, network: nn.Module) -> Step:
    """Forward, loss, backward, update."""
    optimizer = build(experiment.optimizer.call(), network.parameters())
    criterion = build(experiment.loss.module())

    def step(x: Tensor, y: Tensor) -> None:
        optimizer.zero_grad()
        criterion(network(x), y).backward()
        optimizer.step()

    return step


def gpt(experiment: Experiment) -> Step:
    return supervised(experiment, peers.Gpt(experiment))


def lstm(experiment: Experiment) -> Step:
    return supervised(experiment, peers.Lstm(experiment))


def autoencoder(experiment: Experiment) -> Step:
    """What the decoder makes of the code is compared with what went in, of which a little noise was made worse."""
    network = nn.Sequential(network_of(experiment, "encoder"), network_of(experiment, "decoder"))
    learn = supervised(experiment, network)
    return lambda x, _: learn(x + 0.05 * torch.randn_like(x), x)


def variational(experiment: Experiment) -> Step:
    """The same through a random point of each code, which pays for what it tells."""
    encoder, decoder = network_of(experiment, "encoder"), network_of(experiment, "decoder")
    optimizer = build(experiment.optimizer.call(), [*encoder.parameters(), *decoder.parameters()])

    def step(x: Tensor, _: Tensor) -> None:
        optimizer.zero_grad()
        mean, log_variance = encoder(x).chunk(2, dim=1)
        log_variance = log_variance.clamp(-10, 10)
        drawn = decoder(mean + (log_variance / 2).exp() * torch.randn_like(mean))
        lost = functional.mse_loss(drawn, x) * x[0].numel() / (2 * 0.3**2)
        told = (mean.square() + log_variance.exp() - 1 - log_variance).sum(dim=1).mean() / 2
        (lost + told).backward()
        optimizer.step()

    return step


def gan(experiment: Experiment) -> Step:
    """Least squares with R1, each network with an Adam of its own: the discriminator's turn, then the generator's."""
    generator, discriminator = network_of(experiment, "generator"), network_of(experiment, "discriminator")
    of_generator = build(experiment.optimizer_of("generator").call(), generator.parameters())
    of_discriminator = build(experiment.optimizer_of("discriminator").call(), discriminator.parameters())

    def step(x: Tensor, _: Tensor) -> None:
        with torch.no_grad():
            drawn = generator(torch.randn(len(x), 8))
        x = x.detach().requires_grad_()
        of_discriminator.zero_grad()
        real = discriminator(x)
        (slope,) = torch.autograd.grad(real.sum(), x, create_graph=True)
        apart = ((real - 1).square().mean() + discriminator(drawn).square().mean()) / 2
        (apart + 0.25 * slope.square().sum(dim=1).mean()).backward()
        of_discriminator.step()
        of_generator.zero_grad()
        (discriminator(generator(torch.randn(len(x), 8))) - 1).square().mean().backward()
        of_generator.step()

    return step


class Denoiser(nn.Module):
    """Three layers of 64, each told the time as sines and cosines of 16 lengths."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2, 64), nn.Linear(64, 64), nn.Linear(64, 64)])
        self.times = nn.ModuleList([nn.Linear(32, 64) for _ in range(3)])
        self.head = nn.Linear(64, 2)
        self.speeds = 100 ** torch.linspace(0, 1, 16)

    def forward(self, x: Tensor, time: Tensor) -> Tensor:  # (b, 2), (b,) -> (b, 2)
        turns = time[:, None] * self.speeds
        waves = torch.cat([turns.sin(), turns.cos()], dim=1)
        for layer, told in zip(self.layers, self.times, strict=True):
            x = functional.silu(layer(x) + told(waves))
        return self.head(x)


def diffusion(experiment: Experiment) -> Step:
    """Noise of a random time is laid over the samples; the network tells the velocity of it."""
    network = Denoiser()
    optimizer = build(experiment.optimizer.call(), network.parameters())
    left = torch.from_numpy(kept(100, "cosine"))
    signals, spreads = left.sqrt().float(), (1 - left).sqrt().float()
    middle, spread_of_data = experiment.dataset.scale()

    def step(x: Tensor, _: Tensor) -> None:
        x = (x - middle) / spread_of_data
        times = torch.randint(1, 101, (len(x),))
        noise = torch.randn_like(x)
        signal, spread = signals[times, None], spreads[times, None]
        optimizer.zero_grad()
        told = network(signal * x + spread * noise, times / 100)
        functional.mse_loss(told, signal * noise - spread * x).backward()
        optimizer.step()

    return step
