namespace CovidNotebooks.Reporting;

/// <summary>What <see cref="MatrixSearch"/> found.</summary>
/// <param name="Count">Matrices that fit.</param>
/// <param name="Matrices">The first of them.</param>
/// <param name="Least">The least value of each cell.</param>
/// <param name="Most">The greatest value of each cell.</param>
internal sealed record FoundMatrices(long Count, IReadOnlyList<CountMatrix> Matrices, CountMatrix Least, CountMatrix Most);

/// <summary>
/// Every confusion matrix of so many images that gives all printed numbers. Each number is two linear inequalities of the counts, so that
/// in suitable coordinates two
/// loops are short and the third is a range that is solved for, never tried: ten thousand images take well under a second where trying
/// takes 10^11 steps.
/// </summary>
internal sealed class MatrixSearch
{
    /// <summary>
    /// Coordinates (a, b, c) with what TN, FP, FN and TP are in them: the coefficients of a, b, c and of the number of images. C is the
    /// number right, P of positives, Q called
    /// positive, E wrong.
    /// </summary>
    private static readonly long[][][] Coordinates =
    [
        [[1, 0, -1, 0], [-1, -1, 1, 1], [0, 1, -1, 0], [0, 0, 1, 0]], // C, P, TP
        [[0, 0, 1, 0], [-1, 0, -1, 1], [1, -1, 0, 0], [0, 1, 0, 0]], // P, TP, TN
        [[0, 1, 0, 0], [-1, -1, 0, 1], [1, 0, -1, 0], [0, 0, 1, 0]], // P, TN, TP
        [[0, 0, 1, 0], [1, -1, 0, 0], [-1, 0, -1, 1], [0, 1, 0, 0]], // Q, TP, TN
        [[0, 1, 0, 0], [1, 0, -1, 0], [-1, -1, 0, 1], [0, 0, 1, 0]], // Q, TN, TP
        [[-1, -1, 0, 1], [0, 0, 1, 0], [0, 1, -1, 0], [1, 0, 0, 0]], // TP, E, FP
        [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, -1, 0], [-1, -1, 0, 1]], // TN, E, FP
        [[1, -1, 0, 0], [-1, 1, -1, 1], [0, -1, 1, 0], [0, 1, 0, 0]], // C, TP, P
        [[0, 1, -1, 0], [-1, -1, 1, 1], [1, 0, -1, 0], [0, 0, 1, 0]], // P, C, TP
    ];

    /// <summary>More pairs of the two outer coordinates than this would take half a minute and more.</summary>
    private const long MostPairs = 40_000_000;

    private readonly int images;
    private readonly (long[][] Cells, Form[] Forms, long Pairs)[] branches;

    /// <param name="images">At least 1.</param>
    /// <param name="positives">Null where it is not known.</param>
    /// <param name="numbers">The printed numbers, each with what it is taken for.</param>
    public MatrixSearch(int images, int? positives, IReadOnlyList<(CountRatio Ratio, PrintedNumber Number)> numbers)
    {
        this.images = images;

        // A printed 0 is 0 of any number, 0 of 0 included, or more than 0 and less than one unit: two searches instead of one.
        var zeros = numbers.Count(own => own.Number.Units == 0);
        branches =
        [
            .. Enumerable.Range(0, 1 << zeros).Select(branch => Coordinates
                .Select(own => (Cells: own, Forms: Forms(own, images, positives, numbers, branch)))
                .Select(own => (own.Cells, own.Forms, Pairs: Pairs(own.Forms))).MinBy(own => own.Pairs)),
        ];
    }

    /// <summary>Whether there are so many possibilities that the search is not made.</summary>
    public bool IsTooLarge => branches.Sum(branch => branch.Pairs) > MostPairs;

    /// <summary>Whether any matrix fits.</summary>
    public bool Any() => Ranges().Any();

    /// <param name="keep">So many matrices are kept; all are counted.</param>
    public FoundMatrices All(int keep)
    {
        var (count, kept) = (0L, new List<CountMatrix>());
        long[] least = [long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue], most = [-1, -1, -1, -1];
        foreach (var (cells, a, b, low, high) in Ranges())
        {
            count += high - low + 1;
            foreach (var c in new[] { low, high })
            {
                var own = At(cells, a, b, c).Cells;
                for (var cell = 0; cell < 4; cell++)
                {
                    (least[cell], most[cell]) = (Math.Min(least[cell], own[cell]), Math.Max(most[cell], own[cell]));
                }
            }

            for (var c = low; c <= high && kept.Count < keep; c++)
            {
                kept.Add(At(cells, a, b, c));
            }
        }

        var ordered = kept.OrderBy(matrix => matrix.Positives).ThenBy(matrix => matrix.TruePositives).ThenBy(matrix => matrix.TrueNegatives)
            .ToArray();
        return count == 0 ? new FoundMatrices(0, [], default, default)
            : new FoundMatrices(count, ordered, CountMatrix.Of(least), CountMatrix.Of(most));
    }

    private IEnumerable<MatrixRange> Ranges() => branches.SelectMany(branch => Ranges(branch.Cells, branch.Forms));

    private IEnumerable<MatrixRange> Ranges(long[][] cells, Form[] forms)
    {
        var (lowA, highA) = Bounds(forms.Where(form => form is { B: 0, C: 0 }), form => form.A, form => form.Constant);
        var ofB = forms.Where(form => form is { C: 0, B: not 0 }).ToArray();
        var ofC = forms.Where(form => form.C != 0).ToArray();
        for (var a = lowA; a <= highA; a++)
        {
            var outer = a;
            var (lowB, highB) = Bounds(ofB, form => form.B, form => form.Constant + (form.A * outer));
            for (var b = lowB; b <= highB; b++)
            {
                long low = 0, high = images;
                foreach (var form in ofC)
                {
                    var rest = form.Constant + (form.A * a) + (form.B * b);
                    if (form.C > 0)
                    {
                        low = Math.Max(low, -FloorDivide(rest, form.C));
                    }
                    else
                    {
                        high = Math.Min(high, FloorDivide(rest, -form.C));
                    }

                    if (low > high)
                    {
                        break;
                    }
                }

                if (low <= high)
                {
                    yield return new MatrixRange(cells, a, b, low, high);
                }
            }
        }
    }

    private CountMatrix At(long[][] cells, long a, long b, long c) =>
        CountMatrix.Of(Array.ConvertAll(cells, cell => (cell[0] * a) + (cell[1] * b) + (cell[2] * c) + (cell[3] * images)));

    /// <summary>How many pairs of the two outer coordinates these inequalities leave: what a search costs.</summary>
    private long Pairs(Form[] own)
    {
        var (lowA, highA) = Bounds(own.Where(form => form is { B: 0, C: 0 }), form => form.A, form => form.Constant);
        var ofB = own.Where(form => form is { C: 0, B: not 0 }).ToArray();
        long pairs = 0;
        for (var a = lowA; a <= highA; a++)
        {
            var outer = a;
            var (low, high) = Bounds(ofB, form => form.B, form => form.Constant + (form.A * outer));
            pairs += Math.Max(0, high - low + 1);
        }

        return pairs;
    }

    private (long Low, long High) Bounds(IEnumerable<Form> own, Func<Form, long> coefficient, Func<Form, long> constant)
    {
        long low = 0, high = images;
        foreach (var form in own)
        {
            var (factor, rest) = (coefficient(form), constant(form));
            if (factor > 0)
            {
                low = Math.Max(low, -FloorDivide(rest, factor));
            }
            else if (factor < 0)
            {
                high = Math.Min(high, FloorDivide(rest, -factor));
            }
            else if (rest < 0)
            {
                return (1, 0);
            }
        }

        return (low, high);
    }

    private static Form[] Forms(
        long[][] cells, int images, int? positives, IReadOnlyList<(CountRatio Ratio, PrintedNumber Number)> numbers, int branch)
    {
        // No count is below 0; the positives are as many as are known; every number lies between the ends that its digits allow.
        List<(long[] Of, long Constant)> wanted = [([1, 0, 0, 0], 0), ([0, 1, 0, 0], 0), ([0, 0, 1, 0], 0), ([0, 0, 0, 1], 0)];
        if (positives is { } known)
        {
            wanted.AddRange([([0, 0, 1, 1], -known), ([0, 0, -1, -1], known)]);
        }

        var zero = 0;
        foreach (var (ratio, number) in numbers)
        {
            var (units, one) = (number.Units, number.UnitsInOne);
            if (units == 0 && (branch & (1 << zero++)) == 0)
            {
                wanted.Add(([.. ratio.Part.Select(part => -part)], 0));
                continue;
            }

            wanted.Add(units == 0
                ? (ratio.Part, -1)
                : ([.. ratio.Part.Zip(ratio.Whole, (part, whole) => (2 * one * part) - (((2 * units) - 1) * whole))], 0));
            wanted.Add(([.. ratio.Part.Zip(ratio.Whole, (part, whole) => ((units + 1) * whole) - (one * part))], -1));
        }

        return [.. wanted.Select(form => new Form(
            form.Constant + (images * Sum(form.Of, cells, 3)), Sum(form.Of, cells, 0), Sum(form.Of, cells, 1), Sum(form.Of, cells, 2)))];
    }

    private static long Sum(long[] of, long[][] cells, int coordinate) => of.Select((factor, cell) => factor * cells[cell][coordinate])
        .Sum();

    private static long FloorDivide(long value, long by) => value >= 0 ? value / by : -((by - 1 - value) / by);

    /// <summary>A linear form of the coordinates that must not be below 0.</summary>
    private readonly record struct Form(long Constant, long A, long B, long C);

    private readonly record struct MatrixRange(long[][] Cells, long A, long B, long Low, long High);
}
