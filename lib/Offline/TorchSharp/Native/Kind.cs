namespace TorchSharp.Native;

/// <summary>What a <see cref="Value"/> holds. Keep in step with Kind in native/torch_calls.cpp.</summary>
internal enum Kind
{
    None,
    Tensor,
    Int,
    Double,
    Bool,
    Complex,
    IntList,
    DoubleList,
    BoolList,
    TensorList,
    OptionalTensorList,
    String,
    Device,
    Generator,
}
