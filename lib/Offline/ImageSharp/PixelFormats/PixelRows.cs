using System.Numerics;
using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.PixelFormats;

/// <summary>Turns rows of one pixel type into rows of another.</summary>
internal static class PixelRows
{
    public static void Convert<TSource, TTarget>(ReadOnlySpan<TSource> source, Span<TTarget> target)
        where TSource : unmanaged, IPixel<TSource>
        where TTarget : unmanaged, IPixel<TTarget>
    {
        target = target[..source.Length];
        if (typeof(TSource) == typeof(TTarget))
        {
            MemoryMarshal.Cast<TSource, TTarget>(source).CopyTo(target);
        }
        else if (typeof(TSource) == typeof(L8))
        {
            FromL8(MemoryMarshal.Cast<TSource, L8>(source), target);
        }
        else if (typeof(TSource) == typeof(Rgb24))
        {
            FromRgb24(MemoryMarshal.Cast<TSource, Rgb24>(source), target);
        }
        else if (typeof(TSource) == typeof(Rgba32))
        {
            var pixels = MemoryMarshal.Cast<TSource, Rgba32>(source);
            for (var i = 0; i < pixels.Length; i++)
            {
                target[i].FromRgba32(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(La16))
        {
            var pixels = MemoryMarshal.Cast<TSource, La16>(source);
            for (var i = 0; i < pixels.Length; i++)
            {
                target[i].FromLa16(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(L16))
        {
            var pixels = MemoryMarshal.Cast<TSource, L16>(source);
            for (var i = 0; i < pixels.Length; i++)
            {
                target[i].FromL16(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(La32))
        {
            var pixels = MemoryMarshal.Cast<TSource, La32>(source);
            for (var i = 0; i < pixels.Length; i++)
            {
                target[i].FromLa32(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(Rgb48))
        {
            var pixels = MemoryMarshal.Cast<TSource, Rgb48>(source);
            for (var i = 0; i < pixels.Length; i++)
            {
                target[i].FromRgb48(pixels[i]);
            }
        }
        else if (typeof(TSource) == typeof(Rgba64))
        {
            var pixels = MemoryMarshal.Cast<TSource, Rgba64>(source);
            for (var i = 0; i < pixels.Length; i++)
            {
                target[i].FromRgba64(pixels[i]);
            }
        }
        else
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i].FromScaledVector4(source[i].ToScaledVector4());
            }
        }
    }

    public static void ToVectors<TPixel>(ReadOnlySpan<TPixel> source, Span<Vector4> target)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = source[i].ToScaledVector4();
        }
    }

    public static void FromVectors<TPixel>(ReadOnlySpan<Vector4> source, Span<TPixel> target)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i].FromScaledVector4(source[i]);
        }
    }

    private static void FromL8<TTarget>(ReadOnlySpan<L8> source, Span<TTarget> target)
        where TTarget : unmanaged, IPixel<TTarget>
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i].FromL8(source[i]);
        }
    }

    private static void FromRgb24<TTarget>(ReadOnlySpan<Rgb24> source, Span<TTarget> target)
        where TTarget : unmanaged, IPixel<TTarget>
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i].FromRgb24(source[i]);
        }
    }
}
