using System.Text.Json;
using CovidNotebooks.Evaluation;
using Tests.Shared;

namespace Tests.Evaluation;

/// <summary>Reports of more than two classes against scikit-learn's text; <c>report_cases.py</c> made the file.</summary>
[Trait("Category", "Golden")]
public class ReportCasesTests
{
    private static readonly JsonElement[] All =
    [
        .. JsonDocument.Parse(
            File.ReadAllBytes(
                Path.Combine(
                    Repository.Root,
                    "tests",
                    "CovidNotebooks.Tests",
                    "Evaluation",
                    "report_cases.json"))).RootElement.GetProperty("cases").EnumerateArray(),
    ];

    public static TheoryData<string> Names => [.. All.Select(item => item.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void AgreesWithScikitLearn(string name)
    {
        var item = All.Single(candidate => string.Equals(candidate.GetProperty("name").GetString(), name, StringComparison.Ordinal));
        string[] classes = [.. item.GetProperty("classes").EnumerateArray().Select(element => element.GetString()!)];
        int[] truth = MetricCase.Integers(item.GetProperty("truth")), predicted = MetricCase.Integers(item.GetProperty("predicted"));
        var labels = item.GetProperty("labels");
        var report = ClassificationReport.Of(
            truth, predicted, classes, labels.ValueKind == JsonValueKind.Null ? null : MetricCase.Integers(labels));
        Assert.Equal(item.GetProperty("text").GetString(), report.ToText(item.GetProperty("digits").GetInt32()));

        var confusion = ConfusionMatrix.Of(truth, predicted, classes);
        Assert.Equal(item.GetProperty("balanced_accuracy").GetDouble(), Agreement.BalancedAccuracy(confusion), 1e-12);
        Assert.Equal(item.GetProperty("matthews").GetDouble(), Agreement.Matthews(confusion), 1e-12);
        Assert.Equal(item.GetProperty("cohen_kappa").GetDouble(), Agreement.CohenKappa(confusion), 1e-12);
    }
}
