# pyright: basic
"""Sixteen numbers side by side as one value of the compiled loop: a processor takes one instruction or two for all.

Numba has no such type. Without it, its compiler writes the loops over lanes out number by number.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, register_model

LANES = 16
# Whatever order is quickest, but what is no number stays none: without `nnan` and `ninf`.
FLAGS = ("nsz", "arcp", "contract", "reassoc")


class Lanes(types.Type):
    """The type of `LANES` numbers of one kind."""

    def __init__(self, number: types.Float) -> None:
        self.number = number
        super().__init__(f"Lanes({number})")


@register_model(Lanes)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Lanes) -> None:
        super().__init__(manager, kind, ir.VectorType(manager.lookup(kind.number).get_value_type(), LANES))


def _at(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    """A pointer to the lanes that begin at a number of an array."""
    data = cgutils.create_struct_proxy(array_type)(context, builder, array).data
    kind = context.get_value_type(Lanes(array_type.dtype)).as_pointer()
    return builder.bitcast(builder.gep(data, [index]), kind)


@intrinsic
def load(_typing: Any, array: Any, index: Any) -> Any:
    """The lanes that begin at a number of an array."""

    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.load(
            _at(context, builder, signature.args[0], *values), align=signature.args[0].dtype.bitwidth // 8
        )

    return Lanes(array.dtype)(array, types.int64), code


@intrinsic
def store(_typing: Any, array: Any, index: Any, lanes: Any) -> Any:
    """Writes lanes to where they begin."""

    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        place = _at(context, builder, signature.args[0], *values[:2])
        builder.store(values[2], place, align=signature.args[0].dtype.bitwidth // 8)
        return context.get_dummy_value()

    return types.void(array, types.int64, lanes), code


@intrinsic
def spread(_typing: Any, number: Any) -> Any:
    """A number in every lane."""

    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        kind = context.get_value_type(signature.return_type)
        vector = builder.insert_element(ir.Constant(kind, ir.Undefined), values[0], ir.Constant(ir.IntType(32), 0))
        first = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        return builder.shuffle_vector(vector, ir.Constant(kind, ir.Undefined), first)

    return Lanes(number)(number), code


@intrinsic
def plus_product(_typing: Any, start: Any, left: Any, right: Any) -> Any:
    """`start` + `left` · `right`, lane by lane."""

    def code(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        return builder.fadd(values[0], builder.fmul(values[1], values[2], flags=FLAGS), flags=FLAGS)

    return start(start, left, right), code


@intrinsic
def total(_typing: Any, left: Any, right: Any) -> Any:
    """The sum over all lanes of `left` · `right`."""

    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        product = builder.fmul(values[0], values[1], flags=FLAGS)
        number, kind = context.get_value_type(signature.return_type), product.type
        name = f"llvm.vector.reduce.fadd.v{LANES}{'f32' if number == ir.FloatType() else 'f64'}"
        function = cgutils.get_or_insert_function(builder.module, ir.FunctionType(number, [number, kind]), name)
        return builder.call(function, [ir.Constant(number, 0.0), product], fastmath=FLAGS)

    return left.number(left, right), code
