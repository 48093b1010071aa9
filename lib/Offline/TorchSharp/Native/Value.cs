using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>An argument or a result as it crosses to native/torch_calls.cpp: a tag, a count, and eight bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct Value
{
    [FieldOffset(0)]
    internal Kind Kind;

    /// <summary>Elements of a list, bytes of a string, index of a device.</summary>
    [FieldOffset(4)]
    internal int Count;

    [FieldOffset(8)]
    internal long Integer;

    [FieldOffset(8)]
    internal double Real;

    [FieldOffset(8)]
    internal nint Pointer;
}
