"""The article's network in PyTorch, around an LSTM that is given, and the usual training loop.

Two things favour PyTorch over what a first program does: batches are gathered by indexing, not
sample by sample as a DataLoader does, and Adam is the fused one. The loss takes logits. Inference
is the model under torch.inference_mode with a softmax, from a NumPy array to a NumPy array.
"""

import torch
from torch import nn

import common


class FusedLSTM(nn.Module):
    """PyTorch's own LSTM, which has no activation but tanh."""

    def __init__(self, inputs, units, return_sequences):
        super().__init__()
        self.lstm = nn.LSTM(inputs, units, batch_first=True)
        self.return_sequences = return_sequences

    def forward(self, x):
        h, _ = self.lstm(x)
        return h if self.return_sequences else h[:, -1]


class WrittenOutLSTM(nn.Module):
    """Keras' LSTM with relu, as a user of PyTorch has to write it.

    All inputs go through one product, and the gates i, f and o lie side by side for one sigmoid.
    """

    def __init__(self, inputs, units, return_sequences):
        super().__init__()
        self.kernel = nn.Parameter(torch.empty(inputs, 4 * units))
        self.recurrent_kernel = nn.Parameter(torch.empty(units, 4 * units))
        self.bias = nn.Parameter(torch.zeros(4 * units))
        nn.init.xavier_uniform_(self.kernel)
        nn.init.orthogonal_(self.recurrent_kernel)
        self.units, self.return_sequences = units, return_sequences

    def forward(self, x):
        u = self.units
        z = x.transpose(0, 1) @ self.kernel + self.bias
        h = c = x.new_zeros(x.shape[0], u)
        states = []
        for z_t in z.unbind(0):
            z_t = torch.addmm(z_t, h, self.recurrent_kernel)
            i, f, o = torch.sigmoid(z_t[:, : 3 * u]).chunk(3, dim=1)
            c = f * c + i * torch.relu(z_t[:, 3 * u :])
            h = o * torch.relu(c)
            states.append(h)
        return torch.stack(states, dim=1) if self.return_sequences else h


def network(lstm):
    """The article's network up to the logits."""
    return nn.Sequential(
        lstm(28, 256, return_sequences=True),
        nn.Dropout(0.2),
        lstm(256, 256, return_sequences=False),
        nn.Dropout(0.1),
        nn.Linear(256, 32),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Linear(32, 10),
    )


def run(name, lstm, around=lambda model: model):
    """Times the network and prints the result; around may wrap the model, as torch.compile does."""
    given = common.settings()
    torch.set_num_threads(given.threads)
    torch.manual_seed(42)
    model = around(network(lstm))
    x, y = (torch.from_numpy(array) for array in common.mnist())
    step = common.seconds_each(training_step(model, x, y, given.batch_size), given.seconds)
    model.eval()
    times = {
        size: common.seconds_each(inference_call(model, x[:size].numpy()), given.seconds)
        for size in given.inference
    }
    common.report(name, torch.__version__, given.batch_size, step, times)


def training_step(model, x, y, batch_size):
    """A function that trains on the next batch; the samples are shuffled for each epoch."""
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-4, fused=True)
    loss_function = nn.CrossEntropyLoss()
    batches = endless_batches(len(x), batch_size)
    model.train()

    def step():
        rows = next(batches)
        optimizer.zero_grad()
        loss = loss_function(model(x[rows]), y[rows])
        loss.backward()
        optimizer.step()

    return step


def endless_batches(samples, batch_size):
    """The indices of the samples of one full batch after the other."""
    while True:
        yield from torch.randperm(samples)[: samples // batch_size * batch_size].split(batch_size)


def inference_call(model, x):
    """A function that computes the probabilities of a batch."""

    def call():
        with torch.inference_mode():
            return torch.softmax(model(torch.from_numpy(x)), dim=1).numpy()

    return call
