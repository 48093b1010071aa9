using System.Text.Json;
using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;
using Tests.Data;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Audit;

[Trait("Category", "Golden")]
public class LabelErrorsTests(ITestOutputHelper output)
{
    private static readonly string Cases = Path.Combine(
        Repository.Root, "tests", "CovidNotebooks.Tests", "Audit", "confident_learning", "golden.json");

    /// <summary>Another implementation, with exact fractions: <c>confident_learning/confident_learning.py</c>.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Thresholds_the_confident_joint_and_the_candidates_are_those_of_the_paper(int number)
    {
        var golden = JsonDocument.Parse(File.ReadAllBytes(Cases)).RootElement.GetProperty("cases")[number];
        var labels = golden.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32()).ToArray();
        var scores = golden.GetProperty("scores").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(score => score.GetDouble()).ToArray()).ToArray();
        string[] names = [.. Enumerable.Range(0, golden.GetProperty("classes").GetInt32()).Select(label => $"class {label}")];
        var errors = LabelErrors.Of(
            new Predictions(names, [.. labels.Select((label, i) => new Prediction($"{i}", null, null, label, scores[i], 0))]));

        Assert.Equal(
            golden.GetProperty("thresholds").EnumerateArray().Select(value => value.GetDouble()),
            errors.Thresholds,
            (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(
            golden.GetProperty("joint").EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetInt32()).ToArray()),
            errors.ConfidentJoint.Select(row => row.ToArray()));
        Assert.Equal(
            golden.GetProperty("errors").EnumerateArray().Select(value => $"{value.GetInt32()}").Order(StringComparer.Ordinal),
            errors.Candidates.Select(candidate => candidate.Id).Order(StringComparer.Ordinal));
        Assert.Equal(golden.GetProperty("estimated").GetDouble(), errors.Estimated, 9);
    }

    [Fact]
    public void Images_are_ranked_by_the_score_of_their_label()
    {
        double[] ofLabel = [.9, .2, .6, .95];
        var errors = LabelErrors.Of(
            new Predictions(
                ["A", "B"],
                [
                    .. ofLabel.Select(
                        (score, i) => new Prediction($"{i}", null, null, i % 2, i % 2 == 0 ? [score, 1 - score] : [1 - score, score], 0)),
                ]));
        Assert.Equal([3, 1, 2, 4], Enumerable.Range(0, 4).Select(i => errors.RankOf($"{i}")));
        var only = Assert.Single(errors.Candidates);
        Assert.Equal(("1", "B", "A", 1), (only.Id, only.Given, only.Suggested, only.Rank));
        Assert.Contains("Probable label errors: 1 of 4 images to look at", errors.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_images_has_no_threshold() =>
        Assert.Throws<UndefinedMetricException>(
            () => LabelErrors.Of(new Predictions(["A", "B"], [new Prediction("0", null, null, 0, [.5, .5], 0)])));

    /// <summary>Nobody scores an image whose group was trained on.</summary>
    [Fact]
    public void Every_image_is_scored_once_by_a_model_that_saw_nothing_of_its_group()
    {
        ImageDataset dataset = new(
            "made",
            Path.GetTempPath(),
            ["A", "B"],
            [.. Enumerable.Range(0, 40).Select(i => new LabeledImage($"{i}.png", i % 2, $"p{i / 4}"))]);
        var scored = OutOfFold.Of(dataset, (known, asked) =>
        {
            Assert.Empty(
                known.Images.Select(image => image.Group).Intersect(asked.Images.Select(image => image.Group), StringComparer.Ordinal));
            return new Predictions(
                asked.ClassNames,
                [.. asked.Images.Select(image => new Prediction(image.Path, image.Group, null, image.Label, [.5, .5], 0))]);
        });
        Assert.Equal(dataset.Images.Select(image => image.Path), scored.Items.Select(item => item.Id));
    }

    /// <summary>
    /// Planted flips of 2, 5 and 10 % in the X-rays of two sources, whose classes a thumbnail tells: most are found, at a counted price,
    /// kept in AuditGrades.md.
    /// </summary>
    [SkippableFact]
    public void Planted_flips_are_among_the_candidates()
    {
        var opened = Open(Datasets.CovidXray);
        using var folder = new TemporaryFolder();
        foreach (var share in (double[])[.02, .05, .1])
        {
            var planted = Planted.FlippedLabels(share, seed: 3)
                .In(
                    new DatasetSplit("all", [("train", opened.All), ("test", opened.All.Where(_ => false))]),
                    Path.Combine(folder.Path, $"{share}"));
            var (recall, falseAlarms, errors) = Graded(planted);
            output.WriteLine($"covid-xray, {share} flipped ({planted.Planted.Count}): recall {recall:F3}, {falseAlarms} others");
            output.WriteLine($"    among {errors.Candidates.Count} candidates of {errors.Count}, estimated {errors.Estimated:F0}");
            Assert.InRange(recall, 0.7, 1);
            Assert.InRange(falseAlarms, 0, 0.02 * errors.Count);
        }
    }

    /// <summary>The test images of COVID-CT that are in train with the other label: where do they stand among all 746?</summary>
    [SkippableFact]
    public void The_ranks_of_the_conflicting_pairs_of_COVID_CT_are_told()
    {
        var opened = Open(Datasets.CovidCt);
        string[] conflicting =
        [
            "CT_COVID/kjr-21-e24-p5-29.png",
            "CT_COVID/kjr-21-e24-p5-31.png",
            "CT_NonCOVID/71%0.jpg",
            "CT_NonCOVID/71%1.jpg",
        ];
        foreach (
            var (name, scores) in new[]
            {
                ("8 x 8 thumbnail", OutOfFold.Thumbnail(opened.All)),
                ("nearest picture", OutOfFold.Of(opened.All, NearestNeighbour.Of)),
            })
        {
            var errors = LabelErrors.Of(scores);
            Assert.Equal(746, errors.Count);
            var ranks = conflicting.Select(errors.RankOf).ToArray();
            var candidates = conflicting.Count(path => errors.Candidates.Any(candidate => candidate.Id == path));
            output.WriteLine(
                $"{name}: ranks {string.Join(", ", ranks)} of 746; {candidates} of 4 among {errors.Candidates.Count} candidates; "
                    + $"estimated {errors.Estimated:F0}");
            Assert.All(ranks, rank => Assert.InRange(rank, 1, 746));

            // A picture that has a twin with the other label must stand out where pictures are remembered.
            Assert.True(name != "nearest picture" || ranks.Min() <= 75, $"ranks {string.Join(", ", ranks)}");
        }
    }

    private static (double Recall, int FalseAlarms, LabelErrors Errors) Graded(PlantedSplit planted)
    {
        var errors = LabelErrors.Of(OutOfFold.Thumbnail(planted.Split["train"]));
        var flipped = planted.Planted.ToHashSet(StringComparer.Ordinal);
        var hits = errors.Candidates.Count(candidate => flipped.Contains(candidate.Id));
        return ((double)hits / flipped.Count, errors.Candidates.Count - hits, errors);
    }

    private static OpenedDataset Open(DatasetInfo info)
    {
        Skip.If(Repository.RealData is null, "The image sets are not here.");
        var folder = new DataFolder(Repository.RealData!, "a test");
        Skip.If(folder.Find(info) is null, $"{info.Name} is not here.");
        return folder.Open(info);
    }
}
