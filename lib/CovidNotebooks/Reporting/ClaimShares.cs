using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Reporting;

/// <summary>The metrics of the matrices that fit, with Wilson's interval.</summary>
internal static class ClaimShares
{
    public static IReadOnlyList<ClaimedShare> Of(IReadOnlyList<CountMatrix> matrices, double confidence)
    {
        List<ClaimedShare> shares = [];
        foreach (var ratio in CountRatio.All.Where(ratio => ratio != CountRatio.F1))
        {
            var defined = matrices.Select(ratio.Of).Where(own => own.Whole > 0).ToArray();
            if (defined.Length > 0)
            {
                var intervals = defined.Select(own => Wilson.Interval((int)own.Part, (int)own.Whole, confidence)).ToArray();
                shares.Add(new ClaimedShare(
                    ratio.Words,
                    defined.Min(own => (double)own.Part / own.Whole),
                    defined.Max(own => (double)own.Part / own.Whole),
                    new Interval(intervals.Min(interval => interval.Low), intervals.Max(interval => interval.High))));
            }
        }

        return shares;
    }

    /// <summary>The metrics of one matrix in a line.</summary>
    public static string Text(CountMatrix matrix) => string.Join(", ", CountRatio.All.Select(ratio => (ratio.Words, Of: ratio.Of(matrix)))
        .Where(own => own.Of.Whole > 0).Select(own => $"{own.Words} {DisplayedNumber.Fixed((double)own.Of.Part / own.Of.Whole, 4)}"));
}
