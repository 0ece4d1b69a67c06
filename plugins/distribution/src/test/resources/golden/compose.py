#!/usr/bin/env python3
"""Composes random models, to look for what Rondo computes otherwise than Keras.

usage: compose.py SEED COUNT OUT.yaml [--semantics tf1|tf2|keras3]

OUT.yaml has COUNT cases in the form of cases.yaml, from which generate.py makes fixtures. The same seed composes the same cases.
What is known to differ is kept out. Where gradients are exactly zero but for rounding, as in front of a normalization, no optimizer
divides by them. In a graph of Keras 3 no layer computes a mask from another layer's outputs: the steps of that computation count
in the order of the layers there. An OrthogonalRegularizer is not where a matrix is orthogonal at first: the sign of a rounding error
would be its gradient. A case may ask for what Keras refuses; generate.py leaves it out with a line.
Needs: pyyaml.
"""
import argparse, random, typing
import yaml

ACTIVATIONS = ["tanh", "relu", "sigmoid", "linear", "elu", "selu", "softplus", "softsign", "hard_sigmoid", "exponential", "softmax", "gelu", "mish"]
ACTIVATIONS_OF_KERAS3 = ["silu", "relu6", "leaky_relu", "log_softmax", "hard_silu", "celu", "hard_tanh", "hard_shrink", "soft_shrink", "log_sigmoid",
                         "tanh_shrink", "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus"]
MERGING = ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"]
NORMALIZING = ["Normalization", "Attention", "softmax", "Softmax", "UnitNorm", "unit_norm", "cosine", "Cosine", "sparsemax", "normalize"]


def unpenalized(layer):
    """takes away the activity_regularizer of a layer and those inside, which Keras passes over in some wrappers"""
    (_, config), = layer.items()
    config.pop("activity_regularizer", None)
    for key in ("layer", "backward_layer"):
        if key in config: unpenalized(config[key])


class Tensor(typing.NamedTuple):
    """An output of a layer: what `from` calls it, and its shape without the batch."""
    name: str
    shape: list


class Composer:
    """Draws one case. The methods that draw a layer take an input's shape, and return the layer and its output's shape."""

    def __init__(self, seed, semantics):
        self.random = random.Random(seed)
        self.semantics = semantics or self.one("keras3", "keras3", "tf2", "tf1")
        self.keras3 = self.semantics == "keras3"
        self.stateful, self.plain = self.chance(.12), self.chance(.45)
        self.items, self.inputs, self.shared = [], {}, []

    # Drawing

    def one(self, *of): return self.random.choice(of)
    def chance(self, of): return self.random.random() < of
    def int(self, low, high): return self.random.randint(low, high)
    def number(self, low, high): return round(self.random.uniform(low, high), 3)
    def some(self, of=.2, **options): return {name: value for name, value in options.items() if self.chance(of)}

    # Parts of layers

    def activation(self):
        if self.chance(.4): return self.one(*ACTIVATIONS[:6])
        return self.one(*ACTIVATIONS, *(ACTIVATIONS_OF_KERAS3 if self.keras3 else ["swish"]))

    def regularizer(self):
        l1, l2 = self.number(.001, .05), self.number(.001, .05)
        return self.one("l1", "l2", *([] if self.keras3 else ["l1_l2"]), {"L1": {"l1": l1}}, {"L2": {"l2": l2}}, {"L1L2": {"l1": l1, "l2": l2}})

    def constraint(self, zeros):
        """where weights are zeros at first, none that blows up what rounding leaves of their gradient"""
        scaling = [] if zeros else [{"MinMaxNorm": {"min_value": .2, "max_value": 1.1, "rate": .7}}, "unit_norm"]
        return self.one({"MaxNorm": {"max_value": self.number(.5, 2)}}, "non_neg", {"MaxNorm": {"max_value": .6, "axis": -1}}, *scaling)

    def initializer(self):
        return self.one("glorot_normal", "he_uniform", "lecun_normal", "LecunUniform", "truncated_normal", "ones", {"Constant": {"value": .3}}, {"RandomNormal": {"stddev": .5}},
                        {"RandomUniform": {"minval": -.4, "maxval": .5}}, {"VarianceScaling": {"scale": 2.0, "mode": "fan_avg"}})

    def weights(self, *names):
        """initializers, regularizers and constraints of weights"""
        options = {}
        for name in names:
            if self.chance(.07): options[f"{name}_initializer"] = self.initializer()
            if self.chance(.09): options[f"{name}_regularizer"] = self.regularizer()
            if name == "recurrent" and not self.keras3 and self.chance(.02):
                options.update(recurrent_initializer="glorot_normal", recurrent_regularizer={"OrthogonalRegularizer": {"factor": .05}})
            if self.chance(.07): options[f"{name}_constraint"] = self.constraint(zeros=name in ("bias", "beta", "alpha"))
        return options

    def frozen(self): return self.some(.04, trainable=False)
    def activity(self): return self.some(.06, activity_regularizer=self.regularizer())

    def padded(self): return any("pad" in spec for spec in self.inputs.values())
    def computes_masks(self): return self.plain or not self.keras3

    # Layers for any shape

    def dense(self, shape):
        units = self.int(1, 4)
        return {"Dense": {"units": units, **self.some(.6, activation=self.activation()), **self.some(.1, use_bias=False),
                          **self.weights("kernel", "bias"), **self.activity(), **self.frozen()}}, [*shape[:-1], units]

    def element(self, shape):
        layers = [{"Activation": {"activation": self.activation()}}, {"ReLU": self.some(.4, max_value=1.5, negative_slope=.1, threshold=.2)},
                  {"LeakyReLU": {}}, {"ELU": {"alpha": .7}}, {"GaussianNoise": {"stddev": 0.0}},
                  {self.one("Dropout", "AlphaDropout", "GaussianDropout"): {"rate": 0.0}},
                  {"PReLU": {**self.some(.5, shared_axes=[1]), **self.weights("alpha"), **self.frozen()}}]
        if self.keras3: layers.append({"Identity": {}})  # tf_keras' refuses masks
        if not self.padded(): layers.append({"Softmax": {}})  # which refuses the mask of a sequence
        return self.one(*layers), shape

    def normalization(self, shape):
        options = {**self.some(center=False, scale=False, epsilon=.01), **self.frozen()}
        if "center" not in options: options.update(self.weights("beta"))
        if "scale" not in options: options.update(self.weights("gamma"))
        if self.chance(.5): return {"BatchNormalization": {**options, **self.some(.5, momentum=self.number(.5, .99))}}, shape
        if self.keras3 and self.chance(.1): options = {"rms_scaling": True, **{k: v for k, v in options.items() if k in ("epsilon", "trainable")}}
        if len(shape) == 2 and self.chance(.2): options["axis"] = self.one([1, 2], 1)
        return {"LayerNormalization": options}, shape

    def flatten(self, shape):
        size = 1
        for axis in shape: size *= axis
        return {"Flatten": {}}, [size]

    # Layers for sequences

    def cell_options(self, kind):
        options = {**self.some(.3, activation=self.activation()), **self.some(.1, use_bias=False), **self.frozen(), **self.weights("kernel", "recurrent", "bias")}
        if kind != "SimpleRNN":
            options.update(self.some(recurrent_activation=self.one("sigmoid", "hard_sigmoid", "tanh", "softsign"), implementation=self.one(1, 2)))
        if kind == "GRU": options.update(self.some(.4, reset_after=self.chance(.5)))
        if kind == "LSTM": options.update(self.some(unit_forget_bias=False))
        return options

    def loop_options(self, sequences, inside):
        """of every layer with a time loop; one inside of another layer isn't stateful by itself, nor backwards"""
        options = {"return_sequences": True} if sequences else {}
        options.update(self.some(.15, zero_output_for_mask=True))
        if not inside: options.update(self.some(go_backwards=True))
        if not inside and self.stateful: options.update(self.some(.7, stateful=True))
        return options

    def cell(self):
        kind = self.one("LSTM", "GRU", "SimpleRNN"); units = self.int(1, 3)
        return {f"{kind}Cell": {"units": units, **self.cell_options(kind)}}, units

    def recurrent(self, shape, sequences=None, inside=False):
        if sequences is None: sequences = self.chance(.65)
        options = {**self.loop_options(sequences, inside), **self.some(.12, unroll=True), **self.activity()}
        if self.chance(.2):
            cells = [self.cell() for _ in range(self.int(1, 3))]; units = cells[-1][1]
            stack = [cell for cell, _ in cells]
            node = {"RNN": {"cell": self.one(stack, {"StackedRNNCells": {"cells": stack}}) if len(stack) > 1 else stack[0], **options}}
        else:
            kind = self.one("LSTM", "GRU", "SimpleRNN"); units = self.int(1, 4)
            node = {kind: {"units": units, **self.cell_options(kind), **options}}
        return node, [shape[0], units] if sequences else [units]

    def both_directions(self, shape, layer):
        """Bidirectional of a layer that a method draws"""
        sequences = self.chance(.65)
        forward, output = layer(shape, sequences, inside=True)
        (name, config), = forward.items()
        if name == "RNN" and not self.keras3: unpenalized(forward)
        options = {"layer": forward, **self.some(.6, merge_mode=self.one("sum", "ave", "mul")), **self.frozen()}
        if self.stateful and self.chance(.5): config["stateful"] = True
        if self.chance(.25):
            backward, other = layer(shape, sequences, inside=True)
            (name, reverse), = backward.items()
            if name == "RNN" and not self.keras3: unpenalized(backward)
            if other == output:
                options["backward_layer"] = backward; reverse["go_backwards"] = True
                for key in ("stateful", "zero_output_for_mask"):  # which both directions share
                    reverse.pop(key, None)
                    if key in config: reverse[key] = config[key]
        if "merge_mode" not in options: output = [*output[:-1], 2 * output[-1]]
        return {"Bidirectional": options}, output

    def bidirectional(self, shape): return self.both_directions(shape, self.recurrent)

    def time_distributed(self, shape):
        stateful, self.stateful = self.stateful, False
        layer, output = self.unary(shape[1:])
        self.stateful = stateful
        if self.keras3: unpenalized(layer)
        return {"TimeDistributed": {"layer": layer, **self.frozen()}}, [shape[0], *output]

    def window(self, steps, padding, size, stride, dilation=1):
        """steps after a window has slid over so many"""
        reach = (size - 1) * dilation if padding == "valid" else 0
        return -(-(steps - reach) // stride)

    def conv1d(self, shape):
        size, padding = self.int(1, min(3, shape[0])), self.one("valid", "same", "causal")
        stride, dilation = self.one((1, 1), (1, 1), (2, 1), (1, 2))
        if padding == "valid" and (size - 1) * dilation >= shape[0]: dilation = 1
        groups = self.one(1, shape[1]) if self.chance(.2) else 1
        filters = groups * self.int(1, 2)
        options = {"filters": filters, "kernel_size": size, "padding": padding, **({"strides": stride} if stride > 1 else {}),
                   **({"dilation_rate": dilation} if dilation > 1 else {}), **({"groups": groups} if groups > 1 else {})}
        return {"Conv1D": {**options, **self.some(.4, activation=self.activation()), **self.some(.1, use_bias=False), **self.weights("kernel", "bias"),
                           **self.activity(), **self.frozen()}}, [self.window(shape[0], padding, size, stride, dilation), filters]

    def pooling(self, shape):
        size, padding = self.int(1, min(3, shape[0])), self.one("valid", "same")
        stride = self.int(1, 2)
        return {self.one("MaxPooling1D", "AveragePooling1D"): {"pool_size": size, "strides": stride, "padding": padding}}, \
            [self.window(shape[0], padding, size, stride), shape[1]]

    def global_pooling(self, shape):
        keepdims = self.chance(.2)
        return {self.one("GlobalAveragePooling1D", "GlobalMaxPooling1D"): {"keepdims": True} if keepdims else {}}, [1, shape[1]] if keepdims else [shape[1]]

    def resizing(self, shape):
        steps, features = shape
        choices = [({"ZeroPadding1D": {"padding": 1}}, [steps + 2, features]), ({"ZeroPadding1D": {"padding": [0, 1]}}, [steps + 1, features]),
                   ({"Permute": {"dims": [2, 1]}}, [features, steps]), ({"Reshape": {"target_shape": [features, steps]}}, [features, steps]),
                   ({"SpatialDropout1D": {"rate": 0.0}}, shape)]
        if steps > 1: choices.append(({"Cropping1D": {"cropping": [1, 0]}}, [steps - 1, features]))
        if steps < 5: choices.append(({"UpSampling1D": {"size": 2}}, [2 * steps, features]))
        return self.one(*choices)

    def masking(self, shape): return {"Masking": {"mask_value": 0.0}}, shape

    def repeat(self, shape):
        times = self.int(2, 4)
        return {"RepeatVector": {"n": times}}, [times, *shape]

    # Layers for sequences of rows and of images

    def conv_lstm(self, shape, sequences=None, inside=False):
        if sequences is None: sequences = self.chance(.5)
        filters, size, padding = self.int(1, 2), self.int(1, min(2, *shape[1:-1])), self.one("same", "valid")
        options = {"filters": filters, "kernel_size": size, "padding": padding, **self.loop_options(sequences, inside), **self.activity(), **self.frozen(),
                   **self.some(activation=self.one("relu", "tanh", "softsign"), recurrent_activation=self.one("sigmoid", "hard_sigmoid"), use_bias=False,
                               unit_forget_bias=False), **self.weights("kernel", "recurrent", "bias")}
        if not self.keras3: options.pop("zero_output_for_mask", None)  # which tf_keras passes over
        rest = [*(self.window(axis, padding, size, 1) for axis in shape[1:-1]), filters]
        return {f"ConvLSTM{len(shape) - 2}D": options}, [shape[0], *rest] if sequences else rest

    def bidirectional_conv_lstm(self, shape): return self.both_directions(shape, self.conv_lstm)

    def conv2d(self, shape):
        filters, size = self.int(1, 3), self.int(1, 2)
        return {"Conv2D": {"filters": filters, "kernel_size": size, "padding": "same", **self.some(.5, activation=self.activation()),
                           **self.weights("kernel", "bias")}}, [*shape[:-1], filters]

    def pooling2d(self, shape):
        if self.chance(.5): return {self.one("GlobalMaxPooling2D", "GlobalAveragePooling2D"): {}}, shape[-1:]
        return {self.one("MaxPooling2D", "AveragePooling2D"): {"pool_size": 2, "padding": "same"}}, [*(-(-axis // 2) for axis in shape[:-1]), shape[-1]]

    def rows_as_steps(self, shape): return {"Reshape": {"target_shape": [shape[0], shape[1] * shape[2]]}}, [shape[0], shape[1] * shape[2]]

    def unary(self, shape):
        """a layer of one input"""
        anywhere = [self.dense, self.element, self.normalization]
        return self.one(*{
            1: anywhere * 2 + [self.repeat],
            2: anywhere + [self.recurrent] * 5 + [self.bidirectional] * 3 + [self.time_distributed, self.conv1d, self.conv1d, self.pooling, self.global_pooling,
                                                                             self.resizing, self.flatten] + [self.masking] * self.computes_masks(),
            3: anywhere + [self.conv_lstm] * 3 + [self.bidirectional_conv_lstm, self.conv2d, self.pooling2d, self.rows_as_steps, self.flatten]
               + [self.time_distributed] * 4,
            4: [self.conv_lstm] * 3 + [self.bidirectional_conv_lstm] * 2 + [self.time_distributed] * 3 + [self.normalization, self.flatten],
        }[len(shape)])(shape)

    # The graph

    def add(self, layer, *sources, shape=None):
        """puts a layer into the model; its output"""
        (kind, config), = layer.items()
        name = f"l{len(self.items)}"
        names = [source.name for source in sources]
        self.items.append({kind: {**config, "name": name}, **({"from": names[0] if len(names) == 1 else names} if names else {})})
        return Tensor(name, shape)

    def apply(self, draw, source):
        layer, shape = draw(source.shape)
        made = self.add(layer, source, shape=shape)
        if any(word in str(layer) for word in ("units", "filters", "Normalization")) and "stateful" not in str(layer): self.shared.append((source.shape, made))
        return made

    def share(self, source):
        """the same layer once more, if there is one for such inputs"""
        fitting = [made for shape, made in self.shared if shape == source.shape]
        if not fitting: return self.apply(self.unary, source)
        made = self.one(*fitting)
        return self.add({"Shared": {"layer": made.name}}, source, shape=made.shape)

    def input(self):
        rank = self.one(2, 2, 2, 2, 2, 2, 2, 3, 4, 1)
        name, pad = f"x{len(self.inputs)}", self.one(None, None, True, "gaps", *(["inside"] if rank == 3 else ["rows"]))
        shape = [self.int(3, 6), self.int(1, 4)] if rank == 2 else [self.int(2, 4)] if rank == 1 else [self.int(2, 3), *([3] * (rank - 2)), self.int(1, 2)]
        tokens = self.int(4, 8) if rank == 2 and self.chance(.3) else None
        self.inputs[name] = {"shape": shape[:1] if tokens else shape, **({"tokens": tokens} if tokens else {}), **({"pad": pad} if pad and rank > 1 else {})}
        self.items.append({"Input": {"shape": self.inputs[name]["shape"], "name": name, **({"dtype": "int32"} if tokens else {})}})
        source = Tensor(name, shape)
        if tokens:
            width, options = self.int(1, 3), self.weights("embeddings")
            if not self.keras3: options.pop("embeddings_constraint", None)  # which tf_keras refuses
            return self.add({"Embedding": {"input_dim": tokens, "output_dim": width, **({"mask_zero": True} if self.chance(.7) else {}), **options,
                                           **self.activity(), **self.frozen()}}, source, shape=[shape[0], width])
        if pad and rank > 1 and self.chance(.7): return self.apply(self.masking, source)
        return source

    def states(self, source, target):
        """an encoder whose last states a decoder starts from"""
        kind = self.one("LSTM", "GRU", "SimpleRNN"); units, sequences = self.int(1, 3), self.chance(.3)
        encoder = self.add({kind: {"units": units, **self.cell_options(kind), **self.loop_options(sequences, False), "return_state": True}}, source)
        states = [Tensor(f"{encoder.name}/{i}", [units]) for i in range(1, 3 if kind == "LSTM" else 2)]
        decoder = {kind: {"units": units, **self.cell_options(kind), **self.loop_options(True, False)}}
        if self.chance(.25):
            decoder = {"Bidirectional": {"layer": {kind: {"units": units, **self.cell_options(kind), "return_sequences": True}}, "merge_mode": "sum"}}
            states = states * 2
        return self.add(decoder, target, *states, shape=[target.shape[0], units])

    def attention(self, query, value):
        causal = self.some(use_causal_mask=True)
        if self.chance(.4):
            options = {"num_heads": self.int(1, 2), "key_dim": self.int(1, 3), **self.some(value_dim=self.int(1, 3), use_bias=False),
                       **self.weights("kernel", "bias"), **self.frozen(), **causal}
            return self.add({"MultiHeadAttention": options}, query, value, shape=query.shape)
        width = self.int(1, 3)
        query, value = (self.add({"Dense": {"units": width}}, t, shape=[t.shape[0], width]) for t in (query, value))
        layer = self.one({"Attention": {**self.some(.4, use_scale=True), **self.some(.3, score_mode="concat"), **causal}},
                         {"AdditiveAttention": {**self.some(.4, use_scale=False), **causal}})
        return self.add(layer, query, value, shape=[query.shape[0], width])

    def vector(self, source):
        """one row a sample"""
        while len(source.shape) > 1:
            steps = {2: [lambda s: self.recurrent(s, False), self.global_pooling, self.flatten], 3: [self.pooling2d, self.flatten, self.rows_as_steps]}
            source = self.apply(self.one(*steps.get(len(source.shape), [self.flatten])), source)
        return source

    def join(self, a, b):
        """one of two"""
        sequences = len(a.shape) == len(b.shape) == 2
        concatenates = len(a.shape) == 1 or self.computes_masks() or not self.padded()
        if sequences and self.chance(.4): return self.attention(a, b)
        if sequences and self.chance(.4): return self.states(a, b)
        if a.shape != b.shape:
            if sequences and a.shape[0] == b.shape[0] and concatenates: return self.add({"Concatenate": {}}, a, b, shape=[a.shape[0], a.shape[1] + b.shape[1]])
            if sequences and a.shape[1] == b.shape[1]:
                if concatenates and self.chance(.5): return self.add({"Concatenate": {"axis": 1}}, a, b, shape=[a.shape[0] + b.shape[0], a.shape[1]])
                return self.add({"Dot": {"axes": 2, **self.some(normalize=True)}}, a, b, shape=[a.shape[0], b.shape[0]])
            a, b = self.vector(a), self.vector(b)
            return self.add({"Concatenate": {}}, a, b, shape=[a.shape[0] + b.shape[0]])
        kind = self.one(*MERGING, *(["Concatenate"] if concatenates else []))
        return self.add({kind: {}}, a, b, shape=[*a.shape[:-1], 2 * a.shape[-1]] if kind == "Concatenate" else a.shape)

    def graph(self, outputs):
        """layers between inputs and outputs; the ends, one an output"""
        ends = [self.input() for _ in range(1 if self.plain else self.one(1, 1, 2, 2, 3))]
        for _ in range(self.int(1, 4) + len(ends) - 1):
            source = ends.pop(self.random.randrange(len(ends)))
            step = "layer" if self.plain else self.one("layer", "layer", "layer", "shared", "branch", "join")
            if step == "branch": made = self.join(self.apply(self.unary, source), source)
            elif step == "join" and ends: made = self.join(source, ends.pop())
            elif step == "shared": made = self.share(source)
            else: made = self.apply(self.unary, source)
            ends.append(made)
        while len(ends) > outputs: ends.append(self.join(ends.pop(0), ends.pop(0)))
        while len(ends) < outputs: ends.append(self.apply(self.unary, self.one(*ends)))
        return ends

    # What is trained for

    def targets(self, classes):
        """kinds of targets: activations of what predicts them, losses, metrics"""
        k3 = self.keras3
        smooth = self.some(label_smoothing=self.number(.05, .3))
        focal = {**self.some(gamma=1.5), **smooth}
        return {
            "float": ([None, "tanh"], ["mse", "mae", "huber", "log_cosh", {"Huber": {"delta": self.number(.3, 2)}}, {"LogCosh": {}}, {"CosineSimilarity": {}}],
                      ["mae", "mse", "RootMeanSquaredError", "mape", "cosine_similarity", "LogCoshError", "accuracy", *(["R2Score", "PearsonCorrelation", "ConcordanceCorrelation"] if k3 else [])]),
            "sign": ([None, "tanh"], ["hinge", "squared_hinge", {"Hinge": {}}], ["hinge", "squared_hinge", "Hinge", "mse"]),
            "positive": (["softplus", "exponential"], ["poisson", "mape", "msle", {"MeanSquaredLogarithmicError": {}}, {"Poisson": {}}],
                         ["Poisson", "msle", "mape", "mae"]),
            "binary": (["sigmoid"], [self.one("binary_crossentropy", "crossentropy") if k3 else "binary_crossentropy", {"BinaryCrossentropy": smooth}, {"BinaryFocalCrossentropy": focal}, "mse",
                                     *([{"Dice": {}}, {"Tversky": {"alpha": .3, "beta": .7}}] if k3 else [])],
                       ["accuracy", "Precision", "Recall", "AUC", self.one("TruePositives", "TrueNegatives", "FalsePositives"),
                        {"FalseNegatives": {"thresholds": .3}}, "BinaryCrossentropy",
                        {"BinaryAccuracy": {"threshold": .4}}, {"AUC": {"num_thresholds": 20, "curve": "PR"}}, {"PrecisionAtRecall": {"recall": .5}},
                        {"RecallAtPrecision": {"precision": .4}}, {"SpecificityAtSensitivity": {"sensitivity": .5}},
                        {"SensitivityAtSpecificity": {"specificity": .5}}, {"BinaryIoU": {"threshold": .5}}]),
            "onehot": (["softmax"], ["categorical_crossentropy", {"CategoricalCrossentropy": smooth}, "categorical_hinge",
                                     *([{"CategoricalFocalCrossentropy": focal}] if k3 else []), "mse"],
                       ["accuracy", "CategoricalAccuracy", "CategoricalCrossentropy", "Precision",
                        {"Recall": {"class_id": 1}}, "AUC", "CategoricalHinge", {"OneHotMeanIoU": {"num_classes": classes}},
                        {"OneHotIoU": {"num_classes": classes, "target_class_ids": [0, 1]}},
                        *([{"F1Score": {"average": "micro"}}, {"FBetaScore": {"average": "weighted", "beta": 2.0}}] if k3 else [])]),
            "int": (["softmax"], ["sparse_categorical_crossentropy", {"SparseCategoricalCrossentropy": self.some(ignore_class=0)},
                                  *([{"CategoricalGeneralizedCrossEntropy": {}}] if k3 else [])],
                    ["accuracy", "SparseCategoricalAccuracy", "SparseCategoricalCrossentropy",
                     {"MeanIoU": {"num_classes": classes, "sparse_y_pred": False}}, *([] if k3 else ["crossentropy"])]),
            "prob": (["softmax"], ["kl_divergence", {"KLDivergence": {}}, "categorical_crossentropy"], ["KLDivergence", "mae", "cosine_similarity"]),
        }

    def head(self, source):
        """the last layer of an output: what it gives, its targets, loss and metrics"""
        if len(source.shape) > 2 and self.chance(.8): source = self.vector(source)
        classes = self.int(2, 4)
        kind, (activations, losses, metrics) = self.one(*self.targets(classes).items())
        if len(source.shape) > 1: losses = [loss for loss in losses if "Generalized" not in str(loss)]  # of rows with columns
        loss, activation = self.one(*losses), self.one(*activations)
        if isinstance(loss, dict):
            (name, options), = loss.items()
            if self.chance(.4): options = {**options, "reduction": self.one("sum", "sum_over_batch_size", *(["mean_with_sample_weight"] if self.keras3 else []))}
            if name in ("BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy") and self.chance(.3):
                options, activation = {**options, "from_logits": True}, None
            loss = {name: options}
        if kind == "float" and self.chance(.4): output = self.apply(self.unary, source)
        else:
            layer = {"Dense": {"units": classes, **({"activation": activation} if activation else {}), **self.weights("kernel", "bias")}}
            if len(source.shape) > 1 and self.chance(.3): layer = {"TimeDistributed": {"layer": layer}}
            output = self.add(layer, source, shape=[*source.shape[:-1], classes])
        if len(output.shape) > 1 or output.shape[-1] < 2:  # metrics of rows with columns
            metrics = [metric for metric in metrics if not any(name in str(metric) for name in ("R2", "F1", "FBeta", "Correlation"))]
        return output, {"kind": kind, "classes": classes, "shape": "output"}, loss, self.random.sample(metrics, self.one(0, 0, 1, 2))

    def schedule(self):
        rate = {"initial_learning_rate": .1}
        return self.one({"ExponentialDecay": {**rate, "decay_steps": 3, "decay_rate": .8, "staircase": self.chance(.5)}},
                        {"InverseTimeDecay": {**rate, "decay_steps": 2, "decay_rate": .5, "staircase": self.chance(.5)}},
                        {"PolynomialDecay": {**rate, "decay_steps": 4, "end_learning_rate": .01, "power": self.one(1.0, 2.0), "cycle": self.chance(.5)}},
                        {"CosineDecay": {**rate, "decay_steps": 5, "alpha": .1, **self.one({}, {"warmup_target": .15, "warmup_steps": 2})}},
                        {"CosineDecayRestarts": {**rate, "first_decay_steps": 3, "t_mul": 2.0, "m_mul": .9}},
                        {"PiecewiseConstantDecay": {"boundaries": [2, 4], "values": [.1, .05, .01]}})

    def optimizer(self, model):
        """where the model has gradients that are zero but for rounding, none whose steps they could make"""
        rounding = any(layer in model for layer in NORMALIZING)
        kinds = ["SGD", "SGD", "SGD", "RMSprop", "Adam", "Adamax", "Nadam", "Adagrad", "Adadelta", "Ftrl", *(["AdamW"] if self.keras3 else [])]
        if self.keras3 and not rounding: kinds += ["Lion", "Adafactor"]
        kind = self.one(*kinds)
        options = {"learning_rate": self.number(.01, .15)}
        if self.chance(.25) and not (kind == "Nadam" and not self.keras3): options["learning_rate"] = self.schedule()
        elif not self.keras3: options.update(self.some(decay=.1))
        if kind == "SGD": options.update(self.some(.4, momentum=self.number(.1, .9), nesterov=True))
        if kind == "RMSprop": options.update(self.some(.4, rho=.8, momentum=.5, centered=True))
        if kind in ("Adam", "AdamW", "Adamax", "Nadam", "Lion"): options.update(self.some(.4, beta_1=.8))
        if kind in ("Adam", "AdamW"): options.update(self.some(.3, amsgrad=True))
        if kind == "Ftrl": options.update(self.some(.5, l1_regularization_strength=.01, l2_regularization_strength=.02, beta=.1))
        if kind in ("RMSprop", "Adam", "AdamW", "Adamax", "Nadam", "Adagrad", "Adadelta"):
            if rounding: options["epsilon"] = .01
            else: options.update(self.some(.3, epsilon=1e-4))
        clipping = self.one({}, {}, {"clipnorm": self.number(.05, 1)}, {"clipvalue": self.number(.01, .5)},
                            {"global_clipnorm": self.number(.05, 1)} if self.keras3 else {})
        options.update(clipping)
        if self.keras3:
            options.update(self.some(weight_decay=self.number(.001, .1), gradient_accumulation_steps=self.int(2, 3)))
            if self.chance(.2): options.update({"use_ema": True, "ema_momentum": .9, "ema_overwrite_frequency": self.int(1, 3)})
        return {kind: options}

    def case(self):
        heads = [self.head(end) for end in self.graph(1 if self.plain else self.one(1, 1, 1, 2, 3))]
        names, targets, losses, metrics = ([head[i] for head in heads] for i in range(4))
        batch, single = self.int(2, 5), len(heads) == 1
        samples = batch * self.int(2, 3) if self.stateful else self.int(5, 11)
        fit = {"epochs": self.int(1, 3), "batch_size": batch}
        fixture = {"x": self.inputs, "n": samples, "seed": self.int(1, 10 ** 6), "optional": True,
                   **({"y": targets[0]["kind"], "classes": targets[0]["classes"], "y_shape": "output"} if single else {"y": targets})}
        compile = {}
        rank = max(len(output.shape) for output in names)
        if single and targets[0]["kind"] in ("int", "onehot") and rank == 1 and self.chance(.3):
            fit["class_weight"] = {i: self.number(.2, 2) for i in range(targets[0]["classes"])}
        elif rank == 1 and self.chance(.25): fixture["weights"] = self.one("sample", "column")
        elif rank == 2 and self.chance(.3): fixture["weights"] = self.one("column", "step") if single else "column"
        if not self.stateful:  # Rondo resets states before validation
            if self.chance(.25): fixture["validation"] = self.int(3, 6)
            elif self.chance(.15): fit["validation_split"] = .25
            if "validation" in fixture and rank == 1: fixture.update(self.some(.4, validation_weights=True))
            if "validation" in fixture: fit.update(self.some(validation_freq=2, validation_batch_size=3))
        if any(metrics):
            by_output = metrics[0] if single else self.one(metrics, {name.name: found for name, found in zip(names, metrics) if found})
            compile[self.one("metrics", "metrics", "weighted_metrics")] = by_output
        if not single:
            compile.update(self.some(.5, loss_weights=[self.number(.2, 2) for _ in heads]))
            if self.chance(.5): losses = {name.name: loss for name, loss in zip(names, losses)}
        model = {"layers": self.items, "outputs": [name.name for name in names]}
        if self.plain:
            model, spec = self.chain(), self.inputs["x0"]
            fixture = {**fixture, **spec, "x": spec["shape"]}; del fixture["shape"]
        compile = {"optimizer": self.optimizer(str([model, losses])), "loss": losses[0] if single else losses, **compile}
        return {"rondo": 1, "semantics": self.semantics, "precision": "float64", "model": model, "compile": compile, "fit": fit, "fixture": fixture}

    def chain(self):
        """a model without names"""
        layers = []
        for item in self.items:
            (kind, config), = ((key, value) for key, value in item.items() if key != "from")
            layers.append({kind: {key: value for key, value in config.items() if key != "name"}})
        return {"layers": layers}


class Plain(yaml.SafeDumper):
    """writes out what stands in a document twice"""

    def ignore_aliases(self, data): return True


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("seed", type=int)
    arguments.add_argument("count", type=int)
    arguments.add_argument("out")
    arguments.add_argument("--semantics", choices=["tf1", "tf2", "keras3"])
    given = arguments.parse_args()
    cases = {f"composed-{given.seed}-{i}": Composer(f"{given.seed} {i}", given.semantics).case() for i in range(given.count)}
    with open(given.out, "w") as file: yaml.dump(cases, file, Plain, sort_keys=False, default_flow_style=None, width=140)


main()
