using System.CommandLine;
using System.Globalization;
using CovidNotebooks.Reporting;
using Spectre.Console;

namespace CovidNotebooks.Cli.Commands;

/// <summary><c>kit check-claim</c>: which confusion matrices can have given the numbers that somebody printed.</summary>
internal static class CheckClaimCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var images = new Option<string?>("--n")
        {
            Description = "Images that were tested. May be left out where --matrix is given: its sum is taken."
        };
        var positives = new Option<string?>("--positives")
        {
            Description = "Those of them that are of the positive class, where that is known."
        };
        var accuracy = new Option<string?>("--accuracy")
        {
            Description = "With its digits as printed, such as 0.7702 or 77.02%: each number may have been rounded or cut."
        };
        var precision = new Option<string?>("--precision") { Description = "Positive predictive value." };
        var recall = new Option<string?>("--recall", "--sensitivity") { Description = "Share of the positives that were found." };
        var specificity = new Option<string?>("--specificity") { Description = "Share of the negatives that were called so." };
        var npv = new Option<string?>("--npv") { Description = "Negative predictive value." };
        var f1 = new Option<string?>("--f1") { Description = "Harmonic mean of precision and recall." };
        var auc = new Option<string?>("--auc") { Description = "What was called the area under the ROC curve." };
        var matrix = new Option<string?>("--matrix")
        {
            Description = "The printed confusion matrix row by row, TN,FP,FN,TP: rows the "
                + "truth, the positive class last. Nine, sixteen, … counts for more classes."
        };
        var json = new Option<bool>("--json") { Description = "Write the findings as JSON." };
        var command = new Command("check-claim",
            "Check printed results of two classes: every confusion matrix [[TN, FP], [FN, TP]] that gives them, names that must be "
                + "swapped, misprinted cells, what cannot be, Wilson intervals. "
                + "Exit code 0 when the check ran, whatever it found; 2 for bad input.")
        {
            images, positives, accuracy, precision, recall, specificity, npv, f1, auc, matrix, json,
        };
        command.SetAction(result =>
        {
            try
            {
                var cells = result.GetValue(matrix) is { } text ? Counts(text) : null;
                var report = Claim.Check(new Claim
                {
                    Images = result.GetValue(images) is { } n ? Count("--n", n)
                        : cells is not null ? cells.Sum()
                        : throw new ArgumentException("The number of images is missing: "
                            + "give it with --n, or the whole matrix with --matrix."),
                    Positives = result.GetValue(positives) is { } p ? Count("--positives", p) : null,
                    Accuracy = result.GetValue(accuracy),
                    Precision = result.GetValue(precision),
                    Sensitivity = result.GetValue(recall),
                    Specificity = result.GetValue(specificity),
                    NegativePredictiveValue = result.GetValue(npv),
                    F1 = result.GetValue(f1),
                    Auc = result.GetValue(auc),
                    Matrix = cells,
                });

                // Not through WriteLine: a terminal's width must break neither JSON nor a matrix.
                console.Profile.Out.Writer.WriteLine(result.GetValue(json) ? report.ToJson() : report.ToPlainText().TrimEnd());
                return 0;
            }
            catch (Exception problem) when (problem is ArgumentException or OverflowException)
            {
                console.MarkupLineInterpolated($"[red]{problem.Message}[/]");
                return 2;
            }
        });
        return command;
    }

    private static int Count(string option, string text) =>
        int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count)
        ? count
        : throw new ArgumentException($"{option} is '{text}'; expected a whole number of images, at least 0.");

    private static int[] Counts(string text) =>
        [.. text.Split([',', ' ', ';', '[', ']'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(count => Count("--matrix", count))];
}
