using System.Text.Encodings.Web;
using System.Text.Json;

namespace CovidNotebooks.Reporting;

/// <summary>A <see cref="ClaimReport"/> for other programs: names in snake_case, matrices as <c>[[TN, FP], [FN, TP]]</c>.</summary>
internal static class ClaimJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(ClaimReport report) => JsonSerializer.Serialize(
        new
        {
            N = report.Claim.Images,
            report.Claim.Positives,
            Numbers = report.Claim.Numbers.Select(own =>
                new { own.Ratio.Name, Printed = own.Number.Text, FromInclusive = own.Number.Low, ToExclusive = own.Number.High }),
            report.Claim.Auc,
            report.Count,
            Complete = report.Count <= ClaimReport.Kept,
            Matrices = report.Matrices.Select(Rows),
            Cells = report.Count == 0 ? null : new { Least = Rows(report.Cells.Least), Most = Rows(report.Cells.Most) },
            NamesToSwap = report.Exchanges.Select(exchange =>
                new { exchange.Changes, exchange.Count, Matrices = exchange.Matrices.Select(Rows) }),
            PrintedMatrix = report.Claim.Matrix is null ? null : new
            {
                Cells = report.Claim.Matrix,
                Misfits = report.MatrixMisfits,
                Corrections = report.Corrections.Select(own =>
                    new { own.Changes, Matrix = Rows(own.Matrix), own.Unexplained, own.FromMisprint, NamesToSwap = own.Renamed }),
            },
            Intervals = report.Shares.Select(share => new
            {
                share.Name,
                share.Low,
                share.High,
                WilsonLow = share.Interval.Low,
                WilsonHigh = share.Interval.High,
                report.Claim.Confidence
            }),
            report.Findings,
        },
        Options);

    private static long[][] Rows(CountMatrix matrix) =>
        [[matrix.TrueNegatives, matrix.FalsePositives], [matrix.FalseNegatives, matrix.TruePositives]];
}
