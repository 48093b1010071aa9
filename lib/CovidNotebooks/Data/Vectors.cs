using System.Numerics;
using System.Runtime.InteropServices;

namespace CovidNotebooks.Data;

/// <summary>Arithmetic on vectors in single precision.</summary>
internal static class Vectors
{
    /// <summary>The sum of the products; the lengths are equal.</summary>
    public static float Dot(float[] a, float[] b)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sum = Vector<float>.Zero;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        var dot = Vector.Sum(sum);
        for (var i = left.Length * Vector<float>.Count; i < a.Length; i++)
        {
            dot += a[i] * b[i];
        }

        return dot;
    }

    /// <summary>The vector minus its mean, divided by its length, in place; all 0 where the elements are equal.</summary>
    public static float[] Standardise(float[] vector)
    {
        var sum = 0.0;
        foreach (var element in vector)
        {
            sum += element;
        }

        var mean = sum / vector.Length;
        var squares = 0.0;
        foreach (var element in vector)
        {
            squares += (element - mean) * (element - mean);
        }

        var norm = Math.Sqrt(squares);
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = norm == 0 ? 0 : (float)((vector[i] - mean) / norm);
        }

        return vector;
    }
}
