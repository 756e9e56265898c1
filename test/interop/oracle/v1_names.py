"""What tf.compat.v1 calls what programs of names, scopes and collections make, as JSON on standard output.

v1_names.py < PROGRAMS   the programs of test/interop/v1/programs.ts as JSON: for each its lines, collections at the
                         end; and the keys of TensorFlow's own collections
"""

import contextlib
import json
import os
import re
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf  # noqa: E402

v1 = tf.compat.v1
v1.logging.set_verbosity(v1.logging.ERROR)
v1.disable_v2_behavior()

DTYPES = {"float32": tf.float32, "int32": tf.int32}

#: What an error is about, by words in its message.
ERRORS = {
    "illegal name": r"is not a valid .*name",
    "exists": r"already exists",
    "missing": r"does not exist",
    "other shape": r"specified shape",
    "other type": r"specified dtype",
    "no shape": r"argument must be specified",
    "shape twice": r"do not specify shape",
    "no name": r"name_or_scope is required",
    "reused without a name": r"reuse=True cannot be used",
    "no device": r"Unknown attribute|invalid literal|Multiple device types",
    "nested graph": r"nested graphs",
}


def about(error):
    for kind, pattern in ERRORS.items():
        if re.search(pattern, str(error)):
            return kind
    return "%s: %s" % (type(error).__name__, error)


def l2(weights):
    return tf.nn.l2_loss(weights)


def graph():
    return v1.get_default_graph()


def operation_line(op):
    line = op.name
    if op.device:
        line += " on " + op.device
    waits = sorted(c.name for c in op.control_inputs)
    return line + (" after " + ", ".join(waits) if waits else "")


def variable_line(variable):
    place = " on " + variable.device if variable.device else ""
    return "%s %s %s%s" % (variable.name, variable.dtype.base_dtype.name, variable.shape.as_list(), place)


def named(item):
    return getattr(item, "name", None) or str(item)


class Program:
    def __init__(self):
        self.lines = []
        self.name_scopes = []
        self.variable_scopes = []

    def run(self, body):
        for verb, *args in body:
            try:
                getattr(self, verb)(*args)
            except (ValueError, TypeError, AssertionError) as error:
                self.lines.append("error: " + about(error))

    def inside(self, context, body):
        with context:
            self.run(body)

    def noOp(self, name=None):
        self.lines.append(operation_line(v1.no_op(name=name)))

    def constant(self, name=None):
        self.lines.append(operation_line(tf.constant(1.0, name=name or "Const").op))

    def add(self, name=None):
        op = (tf.add(1.0, 2.0, name=name) if name else tf.add(1.0, 2.0, name="add")).op
        self.lines.append(operation_line(op))
        self.lines += [operation_line(i.op) for i in op.inputs]

    def variable(self, name=None, trainable=True):
        self.lines.append(variable_line(v1.Variable([1.0], name=name, trainable=trainable)))

    def getVariable(self, name, request=None):
        request = dict(request or {})
        dtype = request.pop("dtype", None)
        initializer = request.pop("initializer", None)
        if initializer == "zeros":
            initializer = v1.zeros_initializer()
        elif initializer is not None:
            initializer = tf.constant(float(initializer))
        regularizer = l2 if request.pop("regularizer", False) else None
        variable = v1.get_variable(
            name, dtype=DTYPES.get(dtype), initializer=initializer, regularizer=regularizer, **request
        )
        self.lines.append(variable_line(variable))

    def nameScope(self, name, body):
        with graph().name_scope(name) as scope:
            self.name_scopes.append(scope)
            self.run(body)

    def nameScopeAgain(self, index, body):
        if index < len(self.name_scopes):
            self.inside(graph().name_scope(self.name_scopes[index]), body)

    def variableScope(self, name, request, body):
        with v1.variable_scope(name, **self.scope_arguments(request)) as scope:
            self.variable_scopes.append(scope)
            self.run(body)

    def variableScopeAgain(self, index, request, body):
        if index < len(self.variable_scopes):
            scope = self.variable_scopes[index]
            self.inside(v1.variable_scope(scope, **self.scope_arguments(request)), body)

    def scope_arguments(self, request):
        arguments = {}
        if "defaultName" in request:
            arguments["default_name"] = request["defaultName"]
        if "reuse" in request:
            arguments["reuse"] = v1.AUTO_REUSE if request["reuse"] == "auto" else request["reuse"]
        if "dtype" in request:
            arguments["dtype"] = DTYPES[request["dtype"]]
        if request.get("regularizer"):
            arguments["regularizer"] = l2
        return arguments

    def reuseVariables(self):
        v1.get_variable_scope().reuse_variables()

    def currentScope(self):
        scope = v1.get_variable_scope()
        reuse = "auto" if scope.reuse is v1.AUTO_REUSE else str(bool(scope.reuse)).lower()
        parts = (scope.name, reuse, scope.original_name_scope, graph().get_name_scope())
        self.lines.append("scope '%s', reuse %s, name scope '%s', now '%s'" % parts)

    def device(self, device, body):
        self.inside(graph().device(device), body)

    def controlDependencies(self, nodes, body):
        waits = None if nodes is None else [graph().get_operation_by_name(n) for n in nodes]
        self.inside(graph().control_dependencies(waits), body)

    def colocateWith(self, node, body):
        self.inside(graph().colocate_with(graph().get_operation_by_name(node)), body)

    def uniqueName(self, name):
        self.lines.append(graph().unique_name(name, mark_as_used=False))

    def scalar(self, name, family=None):
        summary = v1.summary.scalar(name, 1.0, family=family)
        tag = tf.get_static_value(summary.op.inputs[0]).item().decode()
        self.lines.append("%s tagged %s" % (summary.op.name, tag))

    def variable_named(self, name):
        return next(v for v in v1.global_variables() if v.op.name == name)

    def average(self, variable, name="ExponentialMovingAverage"):
        variable = self.variable_named(variable)
        averages = v1.train.ExponentialMovingAverage(0.9, name=name)
        op = averages.apply([variable])
        self.lines.append(variable_line(averages.average(variable)))
        self.lines.append("%s, %s" % (averages.average_name(variable), op.name))

    def averageName(self, variable):
        averages = v1.train.ExponentialMovingAverage(0.9)
        self.lines.append(averages.average_name(self.variable_named(variable)))

    def addToCollection(self, key, node):
        v1.add_to_collection(key, graph().get_tensor_by_name(node + ":0"))

    def getCollection(self, key, scope=None):
        self.lines.append(", ".join(named(item) for item in v1.get_collection(key, scope)))

    def newGraph(self, body):
        self.inside(tf.Graph().as_default(), body)
        self.lines.append("end of graph")

    def resetDefaultGraph(self):
        v1.reset_default_graph()

    def collections(self):
        keys = [k for k in graph().get_all_collection_keys() if k != "cond_context"]
        return ["%s: %s" % (k, ", ".join(named(i) for i in v1.get_collection(k))) for k in sorted(keys)]


def run(body):
    v1.reset_default_graph()
    program = Program()
    with contextlib.suppress(StopIteration):
        program.run(body)
    return program.lines + program.collections()


def graph_keys():
    names = [n for n in dir(v1.GraphKeys) if n.isupper() and not n.startswith("_")]
    return ["%s: %s" % (n, getattr(v1.GraphKeys, n)) for n in names]


programs = json.load(sys.stdin)
rows = ["  %s: %s" % (json.dumps(name), json.dumps(run(body), ensure_ascii=False)) for name, body in programs.items()]
rows.append('  "GraphKeys": %s' % json.dumps(graph_keys()))
print("{\n%s\n}" % ",\n".join(rows))
