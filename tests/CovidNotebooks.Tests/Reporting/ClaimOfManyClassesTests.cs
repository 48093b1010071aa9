using CovidNotebooks.Reporting;

namespace Tests.Reporting;

public class ClaimOfManyClassesTests
{
    [Fact]
    public void Three_classes_are_checked_for_sums_and_averages()
    {
        var report = Claim.Check(new Claim
        {
            Images = 31,
            Accuracy = "0.8",
            Sensitivity = ".80",
            Precision = ".9",
            Matrix = [8, 1, 1, 1, 8, 1, 1, 1, 8]
        });
        Assert.Contains("It has 30 images, not 31", report.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("The accuracy 0.8 is the accuracy", report.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("The precision .9 cannot be of this matrix", report.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Three_classes_are_checked_against_each_class_and_their_averages()
    {
        // Rows of 10. Against the rest: specificities 18/20, 18/20, 17/20; negative predictive values 18/20, 18/22, 17/18.
        var claim = new Claim
        {
            Images = 30,
            Positives = 10,
            Specificity = "0.85",
            NegativePredictiveValue = "0.50",
            Accuracy = "0.7666",
            Matrix = [8, 1, 1, 2, 6, 2, 0, 1, 9],
        };
        var text = Claim.Check(claim).ToPlainText();
        Assert.Contains("30 images, rows 10, 10, 10, columns 10, 8, 12, 23 right", text, StringComparison.Ordinal);
        Assert.Contains("10 images are of class 1 or class 2 or class 3.", text, StringComparison.Ordinal);
        Assert.Contains("specificity 0.85 is that of class 3 against the rest.", text, StringComparison.Ordinal);
        Assert.Contains("0.50 cannot be of this matrix: that of class 1 against the rest 0.9000, that of class 2 against the rest 0.8182, "
            + "that of class 3 against the rest 0.9444.", text, StringComparison.Ordinal);
        Assert.Contains("accuracy 0.7666 is the accuracy, or the balanced accuracy.", text, StringComparison.Ordinal);
        Assert.Contains("No class has 7 images.", Claim.Check(claim with { Positives = 7 }).ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("It has 0 images, not 30: too few by 30.", Claim.Check(claim with { Matrix = new int[9] }).ToPlainText(),
            StringComparison.Ordinal);
    }
}
