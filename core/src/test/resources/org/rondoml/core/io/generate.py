#!/usr/bin/env python3
"""Writes the NumPy files that NpyFormatTest and NpzFormatTest read. usage: generate.py (in this folder)"""
import numpy as np
from numpy.lib import format as npy

# Every value is exact in every type of its sign, so the test can name them in one place.
signed = np.array([[-3, 0, 1], [2, 100, -128]])
unsigned = np.array([[3, 0, 1], [2, 100, 255]])
for code in ("f4", "f8", "i1", "i2", "i4", "i8"):
    for order in "<>":
        np.save(f"{code}-{'big' if order == '>' else 'little'}.npy", signed.astype(order + code))
for code in ("u1", "u2", "u4"):
    for order in "<>":
        np.save(f"{code}-{'big' if order == '>' else 'little'}.npy", unsigned.astype(order + code))
np.save("b1.npy", np.array([[True, False, True], [False, False, True]]))
np.save("fortran.npy", np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4)))
np.save("vector.npy", np.asfortranarray(np.arange(5, dtype=">i4")))
np.save("scalar.npy", np.float64(2.5))
for version in ((1, 0), (2, 0), (3, 0)):
    with open(f"version-{version[0]}.npy", "wb") as out:
        npy.write_array(out, np.arange(4, dtype="<i4"), version=version)
np.save("empty.npy", np.zeros((0, 3), "f4"))
np.save("object.npy", np.array([[1], [2, 3]], dtype=object), allow_pickle=True)
np.save("structured.npy", np.zeros(2, [("a", "f4"), ("b", "i4")]))
np.save("complex.npy", np.zeros(2, "c8"))
np.save("half.npy", np.zeros(2, "f2"))
np.save("text.npy", np.array(["ab", "c"]))
arrays = dict(x=np.arange(6, dtype="f4").reshape(2, 3), y=np.array([1, 0], "i8"), flags=np.array([True, False]))
np.savez("stored.npz", **arrays)
np.savez_compressed("deflated.npz", zeros=np.zeros((100, 100)), **arrays)
