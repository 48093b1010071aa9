using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.Interop;

/// <summary>What the native decoders say about a picture: <c>image_header</c> of native/images.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeHeader
{
    public int Width;
    public int Height;
    public int Channels;
    public int Bits;
    public int FileChannels;
    public int FileBits;
    public int Progressive;
    public int DensityUnit;
    public int DensityX;
    public int DensityY;
    public int Quality;
    public int Warnings;
}
