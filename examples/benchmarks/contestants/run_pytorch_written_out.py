"""PyTorch with the article's LSTM, relu and all, written out."""

import pytorch_family

pytorch_family.run("pytorch-written-out", pytorch_family.WrittenOutLSTM)
