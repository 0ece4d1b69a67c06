"""tf_keras: Keras 2, as it was part of TensorFlow up to 2.15."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tf_keras

import keras_family

keras_family.run("tf_keras", tf_keras)
