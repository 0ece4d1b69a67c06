"""The article's program in Keras 3, two epochs without validation, for against_keras.py."""

import gzip
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np


def idx(path, offset, shape):
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=offset).reshape(shape)


folder, samples = sys.argv[1], int(sys.argv[2])
x = idx(os.path.join(folder, "train-images-idx3-ubyte.gz"), 16, (-1, 28, 28))[:samples] / 255
y = idx(os.path.join(folder, "train-labels-idx1-ubyte.gz"), 8, (-1,))[:samples]

keras.utils.set_random_seed(42)
model = keras.Sequential(
    [
        keras.Input((28, 28)),
        keras.layers.LSTM(256, activation="relu", return_sequences=True),
        keras.layers.Dropout(0.2),
        keras.layers.LSTM(256, activation="relu"),
        keras.layers.Dropout(0.1),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=1e-4),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)


class Epochs(keras.callbacks.Callback):
    """Says when an epoch ends, at once."""

    def on_epoch_end(self, epoch, logs=None):
        print(f"Epoch {epoch + 1}/2 - loss: {logs['loss']:.4f}", flush=True)


model.fit(x.astype("float32"), y, batch_size=32, epochs=2, verbose=0, callbacks=[Epochs()])
