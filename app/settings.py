"""Every setting: its name, its default and one line of help; read from the environment once."""

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

PREFIX = "TRAINYARD_"


class Settings(BaseModel):
    """What a person may set from outside. `TRAINYARD_PORT=8123` sets `port`; options of the command line come first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="Address to listen on. All but this machine's own need a code.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 lets the system choose.")
    data: Path = Field(Path("data"), description="Folder in which runs are kept.")
    token: str = Field("", description="The class code. Empty: one is made on the first start.")
    teacher_token: str = Field("", description="The teacher's own code. Empty: made and kept in the same way.")
    hosts: str = Field("", description="Names of this server besides its addresses and localhost, with commas.")
    body_bytes: int = Field(2_000_000, ge=10_000, description="Largest request body, in bytes.")
    upload_bytes: int = Field(50_000_000, ge=10_000, description="Largest file of one's own data, in bytes.")
    uploads_per_minute: int = Field(120, ge=1, description="How many files one seat may send in a minute.")
    uploads_per_seat: int = Field(100, ge=1, description="How many tables and sets of pictures one seat may keep.")
    upload_megabytes: int = Field(500, ge=1, description="How much room one seat's own data may take.")
    datasets: Path | None = Field(None, description="Folder with the files of MNIST or CIFAR-10 in their own formats.")
    runs_per_minute: int = Field(120, ge=1, description="How many runs one seat may start in a minute.")
    unfinished_runs: int = Field(100, ge=1, description="How many unfinished runs one seat may have at a time.")
    requests_per_second: int = Field(200, ge=1, description="How many requests one seat may make in a second.")
    free_megabytes: int = Field(100, ge=0, description="No run is started while the disk has less room than this.")
    runs_megabytes: int = Field(2000, ge=1, description="How much room the runs of one seat of a class may take.")
    places: int = Field(0, ge=0, description="How many runs train at once; 0: two for each core, at least eight.")
    runs_per_seat: int = Field(
        0, ge=0, description="How many runs of one seat train at once; 0: one in a class, else one for each core."
    )
    share_seconds: int = Field(
        20, ge=0, description="How long a run trains before it lets others have a turn; 0: until it ends."
    )
    run_megabytes: int = Field(
        0, ge=0, description="Memory one run may take; 0: a share of the machine's, at least 1 GiB, at most 4."
    )
    sockets: int = Field(60, ge=1, description="How many live sockets one seat may hold open.")
    all_sockets: int = Field(2000, ge=1, description="How many live sockets all seats together may hold open.")
    connections: int = Field(4000, ge=10, description="How many connections, sockets included, are open at a time.")
    seats_at_once: int = Field(150, ge=1, description="How many seats one address may take at once: a school's.")
    seats_per_minute: int = Field(15, ge=1, description="How many further seats one address may take in a minute.")
    approve_seats: bool = Field(False, description="Whether a new seat waits until the teacher admits it.")
    session_days: int = Field(180, ge=1, description="How long a seat's cookie is good for, in days.")

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ, **given: Any) -> "Settings":
        """The settings of the environment, `given` ones first (None counts as not given).

        Raises `ValueError` with one line for each that cannot be used.
        """
        values: dict[str, Any] = {}
        for name in cls.model_fields:
            text = environment.get(PREFIX + name.upper(), "")
            if text.strip():
                values[name] = text.strip()
        values |= {name: value for name, value in given.items() if value is not None}
        try:
            return cls(**values)
        except ValidationError as errors:
            lines = [
                f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}, but got {e['input']!r}." for e in errors.errors()
            ]
            raise ValueError("\n".join(lines)) from None

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def open(self) -> bool:
        """Whether nobody has to say who they are: only this machine can reach it, and no code was asked for."""
        return self.local and not self.token

    @property
    def names(self) -> frozenset[str]:
        """The configured host names, in lower case."""
        return frozenset(name.strip().lower() for name in self.hosts.split(",") if name.strip())

    @property
    def runs(self) -> Path:
        """The folder that holds a folder for each run."""
        return self.data / "runs"
