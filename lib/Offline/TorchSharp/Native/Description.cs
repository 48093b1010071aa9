using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>What there is to know about a tensor but its sizes. Keep in step with Description in native/torch_calls.cpp.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Description
{
    internal long Elements;
    internal long Offset;
    internal int Dimensions;
    internal int DType;
    internal int DeviceType;
    internal int DeviceIndex;
    internal int ElementSize;
    internal byte RequiresGrad;
    internal byte IsLeaf;
    internal byte Contiguous;
    internal byte Strided;
}
