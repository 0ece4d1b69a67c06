"""PyTorch with its own LSTM: the fused kernel, and so tanh where the article has relu."""

import pytorch_family

pytorch_family.run("pytorch-fused", pytorch_family.FusedLSTM)
