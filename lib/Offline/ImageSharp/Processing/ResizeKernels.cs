using SixLabors.ImageSharp.Processing.Processors.Transforms;

namespace SixLabors.ImageSharp.Processing;

/// <summary>For each pixel of a resized row or column: the first of the old ones that it is made of, and their weights, which sum to one.</summary>
internal sealed class ResizeKernels
{
    private readonly int[] starts;
    private readonly float[][] weights;

    public ResizeKernels(IResampler sampler, int sourceSize, int targetSize)
    {
        var ratio = (double)sourceSize / targetSize;
        var scale = Math.Max(1, ratio);
        var radius = Math.Ceiling(scale * sampler.Radius);
        starts = new int[targetSize];
        weights = new float[targetSize][];
        for (var i = 0; i < targetSize; i++)
        {
            var center = ((i + .5) * ratio) - .5;
            var left = Math.Max(0, (int)Math.Ceiling(center - radius));
            var right = Math.Min(sourceSize - 1, (int)Math.Floor(center + radius));
            var kernel = new double[right - left + 1];
            for (var j = 0; j < kernel.Length; j++)
            {
                kernel[j] = sampler.GetValue((float)((left + j - center) / scale));
            }

            var sum = kernel.Sum();
            starts[i] = left;
            weights[i] = Array.ConvertAll(kernel, weight => (float)(sum == 0 ? 0 : weight / sum));
        }
    }

    public (int Start, float[] Weights) this[int target] => (starts[target], weights[target]);
}
