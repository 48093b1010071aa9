using System.Text.Json;
using CovidNotebooks.Evaluation;
using Tests.Shared;

namespace Tests.Evaluation;

/// <summary>
/// The corrected variance of a difference of two AUCs against <c>clustered_auc_cases.py</c>, which derives it from the matrices of Bell and
/// McCaffrey (2002) and once more from the delete-one-group jackknife.
/// </summary>
[Trait("Category", "Golden")]
public class ClusteredAucCasesTests
{
    private static readonly JsonElement Root =
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "CovidNotebooks.Tests", "Evaluation",
            "clustered_auc_cases.json"))).RootElement;

    public static TheoryData<string> Names => [.. Root.EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_corrected_variance_is_that_of_the_matrices_and_of_the_jackknife(string name)
    {
        var item = Root.EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);
        var comparison = ClusteredAuc.Compare(MetricCase.Integers(item.GetProperty("labels")), MetricCase.Numbers(item.GetProperty("a")),
            MetricCase.Numbers(item.GetProperty("b")),
            [.. MetricCase.Integers(item.GetProperty("groups")).Select(group => $"g{group}")]);
        var variance = comparison.VarianceCorrection * comparison.VarianceOfDifference;
        Assert.Equal(item.GetProperty("variance").GetDouble(), variance, 1e-12);
        Assert.Equal(item.GetProperty("degrees_of_freedom").GetDouble(), comparison.DegreesOfFreedom, 1e-9);
        Assert.Equal(comparison.Difference / Math.Sqrt(variance), comparison.Z, 1e-12);

        // The plain jackknife divides twice by 1 - share: it is never below.
        Assert.InRange(variance, 0, item.GetProperty("plain_jackknife").GetDouble());
    }

    [Fact]
    public void Of_independent_images_in_groups_of_very_different_sizes_the_corrected_variance_is_right_on_average()
    {
        // One group has 24 of the 48 positive images; every negative image stands alone. Nothing is shared inside a group.
        int[] labels = [.. Enumerable.Repeat(1, 48), .. Enumerable.Repeat(0, 200)];
        string?[] groups = [.. Enumerable.Repeat("large", 24), .. Enumerable.Range(0, 24).Select(i => $"g{i}"), .. new string?[200]];
        var random = new Random(2002);
        double[] Scores() => [.. labels.Select(label => label + MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1))];
        var drawn = Enumerable.Range(0, 1500).Select(_ => ClusteredAuc.Compare(labels, Scores(), Scores(), groups)).ToArray();
        var mean = drawn.Average(one => one.Difference);
        var variance = drawn.Sum(one => (one.Difference - mean) * (one.Difference - mean)) / (drawn.Length - 1);

        // The relative standard error of a variance from 1,500 draws is √(2 / 1,500), 3.7 %.
        Assert.InRange(drawn.Average(one => one.VarianceCorrection * one.VarianceOfDifference) / variance, .88, 1.12);
        Assert.InRange(drawn.Average(one => one.VarianceOfDifference) / variance, .7, .92);
    }
}
