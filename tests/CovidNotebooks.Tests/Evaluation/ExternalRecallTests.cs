using CovidNotebooks.Evaluation;

namespace Tests.Evaluation;

public class ExternalRecallTests
{
    [Fact]
    public void Recall_has_an_interval_by_picture_and_by_patient()
    {
        // Patient a: both found; b: one of two; c: found.
        var recall = ExternalRecall.Of(Answers(("a", true), ("a", true), ("b", true), ("b", false), ("c", true)), unreadable: 2);
        Assert.Equal(new Proportion(4, 5), recall.Images);
        Assert.Equal(Wilson.Interval(4, 5), recall.ImagesInterval);
        Assert.Equal(new Proportion(2, 3), recall.Patients);
        Assert.Equal(Wilson.Interval(2, 3), recall.PatientsInterval);
        Assert.Equal(new Proportion(4, 7), recall.WithUnreadableMissed);
        var text = recall.ToPlainText();
        Assert.Contains("0.800 (4/5)", text, StringComparison.Ordinal);
        Assert.Contains("2 files could not be read", text, StringComparison.Ordinal);
        Assert.Contains("Several pictures are of one patient", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_phantoms_is_called_so_in_the_title()
    {
        var title = ExternalRecall.Of(Answers(("a", true)), phantoms: true).ToPlainText().Split('\n')[0];
        Assert.Contains("PHANTOMS", title, StringComparison.Ordinal);
        Assert.DoesNotContain("PHANTOMS", ExternalRecall.Of(Answers(("a", true))).ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_patients_are_said_to_be_unknown()
    {
        var recall = ExternalRecall.Of(Answers((null, true), ("b", true)));
        Assert.Null(recall.Patients);
        Assert.Null(recall.PatientsInterval);
        Assert.Equal(1, recall.ImagesInterval.High);
        Assert.Equal(.342, recall.ImagesInterval.Low, 3); // Wilson, 2 of 2: 1 / (1 + z²/2)
        Assert.Contains("patients are not known", recall.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_classes_and_no_picture_are_errors()
    {
        Predictions both = new(
            ["Covid", "Normal"], [Answer("1", null, true), Answer("2", null, true) with { Label = 1 }], positiveClass: 0);
        Assert.Contains(
            "several classes (Covid, Normal)",
            Assert.Throws<ArgumentException>(() => ExternalRecall.Of(both)).Message,
            StringComparison.Ordinal);
        Assert.Throws<UndefinedMetricException>(() => ExternalRecall.Of(new Predictions(["Covid", "Normal"], [])));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExternalRecall.Of(both, unreadable: -1));
    }

    private static Predictions Answers(params (string? Patient, bool Found)[] images) =>
        new(["Covid", "Normal"], [.. images.Select((image, i) => Answer($"{i}", image.Patient, image.Found))], positiveClass: 0);

    private static Prediction Answer(string id, string? patient, bool found) =>
        new(id, patient, "external", 0, found ? [.9, .1] : [.2, .8], double.NaN);
}
