namespace CovidNotebooks.Evaluation;

/// <summary>Sums in NumPy's order of additions, so that averages come out to the last bit as there.</summary>
internal static class PairwiseSum
{
    private const int Lanes = 8;
    private const int Block = 128;

    public static double Of(ReadOnlySpan<double> values)
    {
        if (values.Length < Lanes)
        {
            // NumPy starts from -0.0, which changes nothing but the sign of an empty sum.
            var sum = 0.0;
            foreach (var value in values)
            {
                sum += value;
            }

            return sum;
        }

        if (values.Length > Block)
        {
            var half = values.Length / 2;
            half -= half % Lanes;
            return Of(values[..half]) + Of(values[half..]);
        }

        Span<double> lanes = stackalloc double[Lanes];
        values[..Lanes].CopyTo(lanes);
        var next = Lanes;
        for (; next < values.Length - (values.Length % Lanes); next += Lanes)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                lanes[lane] += values[next + lane];
            }
        }

        var total = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]));
        for (; next < values.Length; next++)
        {
            total += values[next];
        }

        return total;
    }
}
