using System.Numerics.Tensors;

namespace CovidNotebooks.Audit;

/// <summary>Grey levels as a vector of mean 0 and length 1, so that the product of two of them is their correlation.</summary>
internal static class GreyVector
{
    /// <summary>The vector minus its mean, divided by its length, in place; all 0 where the elements are equal.</summary>
    public static float[] Standardise(float[] vector)
    {
        var mean = vector.Average(element => (double)element);
        TensorPrimitives.Subtract(vector, (float)mean, vector);
        var norm = TensorPrimitives.Norm<float>(vector);

        // What is left of equal elements is the mean's rounding.
        if (norm <= 1e-4f * (1 + Math.Abs((float)mean)))
        {
            Array.Clear(vector);
        }
        else
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }

        return vector;
    }

    /// <summary>The same of a picture's grey levels.</summary>
    public static float[] Of(ReadOnlySpan<byte> pixels)
    {
        var vector = new float[pixels.Length];
        TensorPrimitives.ConvertTruncating<byte, float>(pixels, vector);
        return Standardise(vector);
    }

    /// <summary>The correlation of two such vectors.</summary>
    public static float Correlation(ReadOnlySpan<float> first, ReadOnlySpan<float> second) => TensorPrimitives.Dot(first, second);
}
