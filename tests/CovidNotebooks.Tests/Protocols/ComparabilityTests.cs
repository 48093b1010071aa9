using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using CovidNotebooks.Protocols;

namespace Tests.Protocols;

public class ComparabilityTests
{
    public static TheoryData<int> Numbers => [1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_documents_own_experiment_can_be_compared_and_phantoms_cannot(int number)
    {
        var protocol = Protocol.All[number - 1];
        Assert.Equal(number, protocol.Number);

        var own = Comparability.Differences(protocol, Settings(("data", protocol.Dataset), ("weights", protocol.Weights)));

        Assert.Empty(own);
        Assert.Equal(
            "the run was made on phantoms",
            Comparability.Differences(protocol, Settings(("data", "phantoms"), ("weights", protocol.Weights))).Single());
        Assert.True(protocol.Dataset is null || Datasets.Get(protocol.Dataset).Name == protocol.Dataset);
    }

    [Fact]
    public void What_a_frozen_trunk_gave_may_be_kept()
    {
        var ran = new Document1 { AugmentationDraws = 25 }.ToSettings(seed: 42, 40, 10).ToDictionary(StringComparer.Ordinal);
        ran["data"] = "xray-25";
        ran["model.weights"] = "imagenet";
        ran["evaluation.feature_bank.draws"] = ran["validation.feature_bank.draws"] = 1L;
        Assert.Empty(Comparability.Differences(new Document1(), ran));

        ran["train.feature_bank.draws"] = 2L;
        Assert.Equal(["2 draws of the augmentation instead of another one each epoch"], Comparability.Differences(new Document1(), ran));
    }

    [Fact]
    public void Other_images_other_weights_and_what_the_run_says_are_each_a_reason()
    {
        Assert.Equal(
            [
                "other images: covid-ct in place of xray-25",
                "other weights than ImageNet's: a trunk of our own",
                "112 px instead of 224",
                "5 epochs of 25",
            ],
            Comparability.Differences(
                new Document1(),
                Settings(
                    ("data", "covid-ct"),
                    ("weights", "a trunk of our own"),
                    ("differs", new object?[] { "112 px instead of 224", "5 epochs of 25" }))));
        Assert.Equal(
            ["other images: covid-xray in place of covid-xray-document-4"],
            Comparability.Differences(new Document4(), Settings(("data", "covid-xray"), ("weights", "imagenet"))));
        Assert.Equal(
            ["5 epochs of 20"],
            Comparability.Differences(new Document5(), Settings(("data", "chest-xray-pneumonia"), ("differs", "5 epochs of 20"))));
        Assert.Equal(
            ["other weights than random numbers: ImageNet's"],
            Comparability.Differences(new Document5(), Settings(("data", "chest-xray-pneumonia"), ("weights", "imagenet"))));
    }

    [Fact]
    public void What_a_run_does_not_say_is_not_taken_for_granted() =>
        Assert.Equal(
            [
                "the run does not say on which images it was made",
                "the run does not say that it started from the document's weights (ImageNet's)",
            ],
            Comparability.Differences(new Document3(), Settings()));

    [Fact]
    public void A_hindrance_takes_the_verdict_and_leaves_both_numbers()
    {
        var report = EvaluationReport.Of(
            new Predictions(
                ["NORMAL", "PNEUMONIA"],
                [.. Enumerable.Range(0, 10).Select(i => new Prediction($"{i}", null, null, i % 2, i % 2 == 0 ? [.9, .1] : [.2, .8], .1))]));
        var comparable = new Document5().Compare(report, Settings(("data", "chest-xray-pneumonia"))).Results[0];
        var hindered = new Document5().Compare(report, Settings(("data", "phantoms"))).Results[0];

        Assert.Equal(ComparisonVerdict.Inside, comparable.Verdict);
        Assert.Equal(ComparisonVerdict.NotComparable, hindered.Verdict);
        Assert.Equal((.81, 1.0), (hindered.Published, hindered.Ours!.Value));
        Assert.Equal("not comparable: the run was made on phantoms", hindered.VerdictText);
    }

    [Fact]
    public void Another_trunk_with_the_same_weights_is_compared_and_said()
    {
        var report = EvaluationReport.Of(
            new Predictions(
                ["covid", "normal"],
                [.. Enumerable.Range(0, 10).Select(i => new Prediction($"{i}", null, null, i % 2, i % 2 == 0 ? [.9, .1] : [.2, .8], .1))]));
        var stood = new Document1()
            .Compare(report, Settings(("data", "xray-25"), ("weights", "imagenet"), ("trunk", "ResNet18"))).Results[0];
        Assert.Equal("inside the interval (ResNet18 with ImageNet weights instead of VGG16)", stood.VerdictText);
        Assert.Equal(
            "inside the interval",
            new Document1()
                .Compare(report, Settings(("data", "xray-25"), ("weights", "imagenet"), ("trunk", "VGG16"))).Results[0].VerdictText);
        Assert.Equal(
            ComparisonVerdict.NotComparable,
            new Document1()
                .Compare(report, Settings(("data", "phantoms"), ("weights", "imagenet"), ("trunk", "ResNet18"))).Results[0].Verdict);
        Assert.Equal(["VGG16", null, "VGG19-BN", "ResNet50", null], Protocol.All.Select(protocol => protocol.PublishedTrunk));
        Assert.Null(Comparability.Remark(new Document2(), Settings(("trunk", "ResNet18"))));
    }

    private static Dictionary<string, object?> Settings(params (string Name, object? Value)[] settings) =>
        settings.ToDictionary(item => item.Name, item => item.Value, StringComparer.Ordinal);
}
