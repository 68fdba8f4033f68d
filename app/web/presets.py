"""Ready experiments, each one question and one thing to try."""

from fastapi import APIRouter

router = APIRouter(tags=["building"])
