"""ONNX Runtime: inference only, with the arithmetic of Keras 3 and random weights."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import common

UNITS = 256


class GraphBuilder:
    """Collects nodes and weights; each method adds a layer and returns the name of its output."""

    def __init__(self):
        self.nodes, self.weights = [], []
        self.random = np.random.default_rng(42)

    def node(self, op, inputs, outputs=None, **attributes):
        outputs = outputs or [f"{op}{len(self.nodes)}"]
        self.nodes.append(helper.make_node(op, inputs, outputs, **attributes))
        return outputs[-1]

    def constant(self, array):
        name = f"weight{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def glorot(self, *shape):
        limit = np.sqrt(6 / (shape[-2] + shape[-1]))
        return self.constant(self.random.uniform(-limit, limit, shape).astype(np.float32))

    def lstm(self, x, inputs, return_sequences):
        """From (time, batch, inputs) to (time, batch, units) or (batch, units).

        ONNX keeps the blocks of the gates in the order i, o, f, c, and the biases of both kernels.
        """
        kernel = self.glorot(1, 4 * UNITS, inputs)
        recurrent_kernel = self.glorot(1, 4 * UNITS, UNITS)
        bias = np.zeros((1, 8 * UNITS), np.float32)
        bias[:, 2 * UNITS : 3 * UNITS] = 1  # the forget gate starts open
        count = len(self.nodes)
        y, last = f"y{count}", f"last{count}"
        self.node(
            "LSTM",
            [x, kernel, recurrent_kernel, self.constant(bias)],
            [y] if return_sequences else ["", last],
            hidden_size=UNITS,
            activations=["Sigmoid", "Relu", "Relu"],
        )
        # The axis of directions goes: y is (time, 1, batch, units), last is (1, batch, units).
        axes = self.constant(np.array([1 if return_sequences else 0], np.int64))
        return self.node("Squeeze", [y if return_sequences else last, axes])

    def dense(self, x, inputs, outputs, activation):
        bias = self.constant(np.zeros(outputs, np.float32))
        return self.node(activation, [self.node("Gemm", [x, self.glorot(inputs, outputs), bias])])


def network():
    """The model as ONNX bytes; its batch size is free."""
    builder = GraphBuilder()
    x = builder.node("Transpose", ["x"], perm=[1, 0, 2])
    x = builder.lstm(x, 28, return_sequences=True)
    x = builder.lstm(x, UNITS, return_sequences=False)
    x = builder.dense(x, UNITS, 32, "Relu")
    x = builder.dense(x, 32, 10, "Softmax")
    graph = helper.make_graph(
        builder.nodes,
        "mnist-rows",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 28, 28])],
        [helper.make_tensor_value_info(x, TensorProto.FLOAT, ["batch", 10])],
        builder.weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def main():
    given = common.settings()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = given.threads
    session = onnxruntime.InferenceSession(network(), options, providers=["CPUExecutionProvider"])
    x, _ = common.mnist()
    probabilities = session.run(None, {"x": x[:32]})[0]
    if not np.allclose(probabilities.sum(axis=1), 1, atol=1e-5):
        raise SystemExit("the network's outputs are no probabilities")
    times = {
        size: common.seconds_each(
            lambda batch=x[:size]: session.run(None, {"x": batch}), given.seconds
        )
        for size in given.inference
    }
    common.report("onnxruntime", onnxruntime.__version__, None, None, times)


if __name__ == "__main__":
    main()
