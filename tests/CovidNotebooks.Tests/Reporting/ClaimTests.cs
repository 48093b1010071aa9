using System.Text.Json;
using CovidNotebooks.Data;
using CovidNotebooks.Reporting;

namespace Tests.Reporting;

/// <summary>
/// Claims of the documents, with what is known to be wrong with them, and claims drawn at random beside a search that tries every matrix.
/// </summary>
public class ClaimTests
{
    [Fact]
    public void Document_2_forces_one_matrix()
    {
        foreach (var positives in new int?[] { 79, null })
        {
            var report = Claim.Check(new Claim
            {
                Images = 148,
                Positives = positives,
                Accuracy = "0.7702",
                Precision = "0.8358",
                Sensitivity = "0.7088"
            });
            Assert.Equal(1, report.Count);
            Assert.Equal("[[58, 11], [23, 56]]", Assert.Single(report.Matrices).ToString());
            Assert.Contains(report.Findings, finding => finding.Contains("cut, not rounded: 114/148", StringComparison.Ordinal));
            Assert.Contains(report.Findings, finding => finding.Contains("cut, not rounded: 56/79", StringComparison.Ordinal));

            // Wilson's interval of 56 of 79, as the audit of document 2 has it.
            Assert.Equal((.601, .797), (Math.Round(report.Shares[1].Interval.Low, 3), Math.Round(report.Shares[1].Interval.High, 3)));
        }
    }

    [Fact]
    public void Document_2s_positives_are_the_other_class()
    {
        var report = Claim.Check(new Claim
        {
            Images = 148,
            Positives = 69,
            Accuracy = "0.7702",
            Precision = "0.8358",
            Sensitivity = "0.7088"
        });
        Assert.Equal(0, report.Count);
        Assert.Contains(report.Exchanges, exchange =>
            exchange.Changes.Any(change => change.Contains("of the other class", StringComparison.Ordinal)) && exchange.Matrices[0]
                .ToString() == "[[56, 23], [11, 58]]");
        Assert.Contains("48/69 = 0.6957 and 49/69 = 0.7101", report.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Document_2s_printed_matrix_has_its_rows_swapped() =>
        Assert.Contains("the rows are swapped", Claim.Check(new Claim { Images = 148, Positives = 69, Matrix = [35, 34, 45, 34] })
            .ToPlainText(), StringComparison.Ordinal);

    [Fact]
    public void Document_2s_numbers_and_matrix_are_of_two_evaluations()
    {
        var report = Claim.Check(new Claim
        {
            Images = 148,
            Positives = 79,
            Accuracy = "0.7702",
            Precision = "0.8358",
            Sensitivity = "0.7088",
            F1 = "0.4625",
            Matrix = [35, 34, 45, 34]
        });
        Assert.Contains("it does give F1 0.4625, so the numbers seem to be of two evaluations", report.ToPlainText(),
            StringComparison.Ordinal);
        Assert.Contains("Without the F1 0.4625 everything else fits.", report.Findings, StringComparer.Ordinal);
        Assert.Empty(report.Corrections);
    }

    [Theory]
    [InlineData(390, null, null)]
    [InlineData(390, "0.88", null)]
    [InlineData(390, ".88", ".82")]
    [InlineData(390, ".95", ".82")]
    public void Document_5s_18_is_48(int? positives, string? recall, string? precision)
    {
        // The document calls the recall precision and the precision recall: both ways are given here.
        foreach (var named in new[] { true, false })
        {
            var report = Claim.Check(new Claim
            {
                Images = 624,
                Positives = positives,
                Accuracy = "0.81",
                Sensitivity = named ? recall
                : precision,
                Precision = named ? precision : recall,
                Matrix = [163, 71, 18, 342]
            });
            var correction = Assert.Single(report.Corrections);
            Assert.Equal(new CellChange("FN", 18, 48), Assert.Single(correction.Changes));
            Assert.Empty(correction.Unexplained);
            Assert.Equal("[[163, 71], [48, 342]]", correction.Matrix.ToString());
            Assert.Equal(recall == ".95", correction.FromMisprint.Count > 0);
            Assert.Equal(named || recall is null, correction.Renamed.Count == 0);
        }
    }

    [Fact]
    public void Without_the_positives_two_cells_of_document_5_may_be_misprinted() =>
        Assert.Equal(["FP 71 101", "FN 18 48"], Claim.Check(new Claim
        {
            Images = 624,
            Accuracy = ".81",
            Matrix = [163, 71, 18,
            342]
        }).Corrections
            .Select(correction => Assert.Single(correction.Changes))
            .Select(change => $"{change.Cell} {change.Printed} {change.Corrected}"));

    [Fact]
    public void Two_misprinted_cells_are_found_too()
    {
        // TN 60 and FN 20 became 50 and 30: the sum is right, one cell alone explains nothing.
        var report = Claim.Check(new Claim
        {
            Images = 150,
            Positives = 80,
            Sensitivity = ".750",
            Specificity = ".857",
            Matrix = [50, 10, 30, 60]
        });
        Assert.Contains(report.Corrections, correction => correction.Matrix.ToString() == "[[60, 10], [20, 60]]"
            && correction.Changes.Count == 2);
    }

    [Theory]
    [InlineData("0.903")]
    [InlineData("90.27%")]
    public void Document_4s_AUC_is_the_balanced_accuracy(string auc)
    {
        var report = Claim.Check(new Claim { Images = 800, Positives = 300, Accuracy = "0.9125", Auc = auc, Matrix = [471, 29, 41, 259] });
        Assert.Contains("is the balanced accuracy", report.ToPlainText(), StringComparison.Ordinal);
        Assert.Empty(report.MatrixMisfits);
    }

    [Fact]
    public void An_AUC_that_no_curve_through_the_matrix_has_is_refuted()
    {
        // Sensitivity .5 and specificity .5: between 1/4 and 3/4.
        var report = Claim.Check(new Claim { Images = 40, Auc = "0.98", Matrix = [10, 10, 10, 10] });
        Assert.Contains("has an area between 0.2500 and 0.7500", report.ToPlainText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.7702", .77015, .7703)]
    [InlineData(".77", .765, .78)]
    [InlineData("77%", .765, .78)]
    [InlineData("91.25 %", .91245, .9126)]
    [InlineData("1", .5, 2)]
    [InlineData("0.8358208955223881", .8358208955, .8358208960)]
    public void Digits_stand_for_what_may_have_been_rounded_or_cut(string text, double low, double high)
    {
        var number = PrintedNumber.Parse("accuracy", text);
        Assert.Equal((low, high), (number.Low, number.High is var top && text == "1" ? top : Math.Round(top, 12)), new Close());
    }

    [Theory]
    [InlineData("1.2")]
    [InlineData("-0.5")]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1e-3")]
    [InlineData("0,77")]
    [InlineData("NaN")]
    public void What_is_no_share_is_refused(string text) =>
        Assert.Contains("accuracy", Assert.Throws<ArgumentException>(() =>
            Claim.Check(new Claim { Images = 10, Accuracy = text })).Message, StringComparison.Ordinal);

    [Fact]
    public void Impossible_counts_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Claim.Check(new Claim { Images = 0, Accuracy = ".5" }));
        Assert.Throws<ArgumentException>(() => Claim.Check(new Claim { Images = 10, Positives = 11, Accuracy = ".5" }));
        Assert.Throws<ArgumentException>(() => Claim.Check(new Claim { Images = 10, Matrix = [1, 2, 3] }));
        Assert.Throws<ArgumentException>(() => Claim.Check(new Claim { Images = 10, Matrix = [1, -2, 3, 4] }));
        Assert.Throws<ArgumentException>(() => Claim.Check(new Claim { Images = 10 }));
    }

    /// <summary>
    /// Every claim is made of a matrix, rounded, cut or wrong, names exchanged or not; a search that tries all matrices is the truth.
    /// </summary>
    [Fact]
    public void The_search_finds_what_trying_every_matrix_finds()
    {
        for (var draw = 0; draw < 300; draw++)
        {
            var random = new RandomStream(31, draw);
            var n = 1 + random.NextInt(24);
            int Up(int most) => random.NextInt(most + 1);
            var (tn, fp, fn) = (Up(n), 0, 0);
            fp = Up(n - tn);
            fn = Up(n - tn - fp);
            var truth = new CountMatrix(tn, fp, fn, n - tn - fp - fn);
            string? Print(CountRatio ratio) => random.NextDouble() < .5 ? null
                : Digits(ratio.Of(truth), 1 + random.NextInt(4), random.NextInt(3), random);
            var claim = new Claim
            {
                Images = n,
                Positives = random.NextDouble() < .4 ? (int)truth.Positives : null,
                Accuracy = Print(CountRatioNames.Accuracy),
                Sensitivity = Print(CountRatioNames.Sensitivity),
                Specificity = Print(CountRatioNames.Specificity),
                Precision = Print(CountRatioNames.Precision),
                NegativePredictiveValue = Print(CountRatioNames.NegativePredictiveValue),
                F1 = Print(CountRatioNames.F1),
            };
            if (claim is { Accuracy: null, Sensitivity: null, Specificity: null, Precision: null, NegativePredictiveValue: null, F1: null })
            {
                continue;
            }

            var report = Claim.Check(claim);
            var tried = Tried(claim).Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(tried, report.Matrices.Select(matrix => matrix.ToString()).Order(StringComparer.Ordinal));
            Assert.Equal(tried.Length, report.Count);
            Assert.True(tried.Length == 0 || report.Exchanges.Count == 0);
        }
    }

    [Fact]
    public void Ten_thousand_images_take_seconds()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var report = Claim.Check(new Claim { Images = 10_000, Accuracy = "0.9123", Precision = "0.8812", Sensitivity = "0.9034" });
        Assert.Equal(["[[5496, 489], [388, 3627]]", "[[5495, 489], [388, 3628]]", "[[5494, 489], [388, 3629]]",
            "[[5493, 489], [388, 3630]]"], report.Matrices.Select(matrix => matrix.ToString()));
        Assert.Equal(0, Claim.Check(new Claim { Images = 10_000, Precision = "0.88", Sensitivity = "0.90", F1 = "0.95" }).Count);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(10), "Seconds are usual, a naive search takes hours.");
    }

    [Fact]
    public void What_would_take_minutes_is_refused_and_a_printed_0_is_no_search_of_every_matrix()
    {
        Assert.Contains("too many matrices", Assert.Throws<ArgumentException>(() =>
            Claim.Check(new Claim { Images = 1_000_000, Accuracy = ".8" })).Message, StringComparison.Ordinal);
        Assert.True(Claim.Check(new Claim
        {
            Images = 1_000_000,
            Positives = 400_000,
            Accuracy = ".81234",
            Sensitivity = ".71234"
        }).Count > 0);

        // Nobody called positive: precision 0 of 0, printed as 0; or fewer than one in a hundred calls is right.
        var report = Claim.Check(new Claim
        {
            Images = 10_000,
            Positives = 5000,
            Accuracy = ".50",
            Precision = "0.00",
            Sensitivity = "0.00"
        });
        Assert.Contains(report.Matrices, matrix => matrix.ToString() == "[[5000, 0], [5000, 0]]");
        Assert.All(report.Matrices, matrix => Assert.True(matrix.TruePositives == 0 || matrix.TruePositives * 100 < matrix.TruePositives
            + matrix.FalsePositives));
    }

    [Fact]
    public void The_JSON_holds_the_findings()
    {
        using var json = JsonDocument.Parse(Claim.Check(new Claim
        {
            Images = 624,
            Positives = 390,
            Accuracy = ".81",
            Matrix = [163, 71, 18, 342]
        }).ToJson());
        var correction = json.RootElement.GetProperty("printed_matrix").GetProperty("corrections")[0];
        Assert.Equal("[[163,71],[48,342]]", string.Concat(correction.GetProperty("matrix").GetRawText()
            .Where(letter => !char.IsWhiteSpace(letter))));
        Assert.Equal(48, correction.GetProperty("changes")[0].GetProperty("corrected").GetInt32());
        Assert.Equal(1062, json.RootElement.GetProperty("count").GetInt64());
    }

    private static string Digits((long Part, long Whole) share, int decimals, int how, RandomStream random)
    {
        var unit = (decimal)Math.Pow(10, decimals);
        var value = share.Whole == 0 ? 0 : (decimal)share.Part / share.Whole;
        var units = how == 0 ? Math.Round(value * unit, MidpointRounding.AwayFromZero) : how == 1 ? Math.Floor(value * unit)
            : random.NextInt((int)unit + 1);
        return (units / unit).ToString($"F{decimals}", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Tried(Claim claim)
    {
        for (var tn = 0; tn <= claim.Images; tn++)
        {
            for (var fp = 0; tn + fp <= claim.Images; fp++)
            {
                for (var fn = 0; tn + fp + fn <= claim.Images; fn++)
                {
                    var matrix = new CountMatrix(tn, fp, fn, claim.Images - tn - fp - fn);
                    var fits = Prints(claim.Accuracy, tn + matrix.TruePositives, claim.Images)
                        && Prints(claim.Sensitivity, matrix.TruePositives, matrix.Positives)
                        && Prints(claim.Specificity, tn, matrix.Negatives)
                        && Prints(claim.Precision, matrix.TruePositives, matrix.TruePositives + fp)
                        && Prints(claim.NegativePredictiveValue, tn, tn + fn)
                        && Prints(claim.F1, 2 * matrix.TruePositives, (2 * matrix.TruePositives) + fp + fn)
                        && (claim.Positives is null || claim.Positives == matrix.Positives);
                    if (fits)
                    {
                        yield return matrix.ToString();
                    }
                }
            }
        }
    }

    /// <summary>
    /// Rounded (halves up or down) or cut to as many decimals the share shows the same text: in decimal arithmetic, without any inequality.
    /// </summary>
    private static bool Prints(string? text, long part, long whole)
    {
        if (text is null)
        {
            return true;
        }

        var decimals = text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1;
        var printed = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        if (whole == 0)
        {
            return printed == 0 && part == 0;
        }

        var value = (decimal)part / whole;
        return Math.Round(value, decimals, MidpointRounding.AwayFromZero) == printed
            || Math.Round(value, decimals, MidpointRounding.ToZero) == printed
            || Math.Round(value, decimals, MidpointRounding.ToEven) == printed;
    }

    /// <summary>The ratios that a matrix is printed with.</summary>
    private sealed record CountRatio(Func<CountMatrix, (long, long)> Of);

    private static class CountRatioNames
    {
        public static readonly CountRatio Accuracy = new(matrix => (matrix.TrueNegatives + matrix.TruePositives, matrix.Total));
        public static readonly CountRatio Sensitivity = new(matrix => (matrix.TruePositives, matrix.Positives));
        public static readonly CountRatio Specificity = new(matrix => (matrix.TrueNegatives, matrix.Negatives));
        public static readonly CountRatio Precision = new(matrix => (matrix.TruePositives, matrix.TruePositives + matrix.FalsePositives));
        public static readonly CountRatio NegativePredictiveValue = new(matrix =>
            (matrix.TrueNegatives, matrix.TrueNegatives + matrix.FalseNegatives));
        public static readonly CountRatio F1 = new(matrix =>
            (2 * matrix.TruePositives, (2 * matrix.TruePositives) + matrix.FalsePositives + matrix.FalseNegatives));
    }

    private sealed class Close : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < 1e-9
            && Math.Abs(x.Item2 - y.Item2) < 1e-9;

        public int GetHashCode((double, double) value) => 0;
    }
}
