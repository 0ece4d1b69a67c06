"""The article's program for a given Keras: Keras 3 and tf_keras, which have the same names.

Training is model.fit, timed between the ends of batches, so without what an epoch costs once.
Inference is the fastest of model.predict_on_batch and the model inside a tf.function, with and
without XLA, from a NumPy array to a NumPy array.
"""

import statistics
import time

import tensorflow as tf

import common


def run(name, keras):
    """Times the network and prints the result."""
    given = common.settings()
    tf.config.threading.set_intra_op_parallelism_threads(given.threads)
    tf.config.threading.set_inter_op_parallelism_threads(given.threads)
    keras.utils.set_random_seed(42)
    model = network(keras)
    x, y = common.mnist()
    step = training(keras, model, x, y, given.batch_size, given.seconds)
    calls, times = {}, {}
    for size in given.inference:
        ways = inference_ways(model, x[:size])
        calls[size], times[size] = common.best_way(ways, given.seconds)
    version = f"{keras.__version__} on TensorFlow {tf.__version__}"
    common.report(name, version, given.batch_size, step, times, {"inference": calls})


def network(keras):
    """The article's network with the arithmetic of this Keras."""
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.LSTM(256, activation="relu", return_sequences=True),
            layers.Dropout(0.2),
            layers.LSTM(256, activation="relu"),
            layers.Dropout(0.1),
            layers.Dense(32, activation="relu"),
            layers.Dropout(0.2),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=1e-4),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model


def training(keras, model, x, y, batch_size, seconds):
    """Seconds a step of model.fit."""

    class Clock(keras.callbacks.Callback):
        """Notes when each batch ends."""

        def on_train_begin(self, logs=None):
            self.ends = []

        def on_train_batch_end(self, batch, logs=None):
            self.ends.append(time.perf_counter())

    clock = Clock()

    def fit(batches):
        rows = batches * batch_size
        model.fit(x[:rows], y[:rows], batch_size=batch_size, verbose=0, callbacks=[clock])
        return clock.ends

    fit(2)  # builds the graph
    ends = fit(12)
    estimate = (ends[-1] - ends[1]) / (len(ends) - 2)
    most = len(x) // batch_size // (common.BLOCKS + 1)
    block = min(most, max(1, round(seconds / common.BLOCKS / estimate)))
    # The first block is warm-up.
    ends = fit(block * (common.BLOCKS + 1))[block - 1 :: block]
    return statistics.median(b - a for a, b in zip(ends, ends[1:])) / block


def inference_ways(model, x):
    """The sensible calls, by name."""
    plain = tf.function(lambda batch: model(batch, training=False))
    xla = tf.function(lambda batch: model(batch, training=False), jit_compile=True)
    return {
        "predict_on_batch": lambda: model.predict_on_batch(x),
        "tf.function": lambda: plain(tf.constant(x)).numpy(),
        "tf.function with XLA": lambda: xla(tf.constant(x)).numpy(),
    }
