"""PyTorch with the article's LSTM written out, under torch.compile, once for each shape.

The first run compiles for minutes; later ones find most of it in TorchInductor's cache.
"""

import os
import shutil

import torch

import common
import pytorch_family

NAME = "pytorch-compiled"


def compiler():
    """The C++ compiler that torch.compile needs, or None."""
    named = os.environ.get("CXX")
    return next(filter(shutil.which, [named] if named else ["g++", "clang++"]), None)


if compiler() is None:
    common.skip(NAME, "torch.compile needs a C++ compiler: install g++ or set CXX")
pytorch_family.run(
    NAME,
    pytorch_family.WrittenOutLSTM,
    around=lambda model: torch.compile(model, dynamic=False),
)
