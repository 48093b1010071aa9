using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CovidNotebooks.Data;
using Xunit.Abstractions;

namespace Tests.Data;

[Trait("Category", "Golden")]
public class ScikitLearnSplitTests(ITestOutputHelper output)
{
    [SkippableFact]
    public void The_split_of_document_1_is_that_of_scikit_learn()
    {
        foreach (var (_, content) in GoldenFiles.OfKind("extras", "stratified_split", output))
        {
            var labels = content.GetProperty("labels").Doubles().Select(label => (int)label).ToArray();
            var call = content.GetProperty("note").GetString()!;
            var testSize = double.Parse(Regex.Match(call, @"test_size=([\d.]+)").Groups[1].Value, CultureInfo.InvariantCulture);
            var seed = uint.Parse(Regex.Match(call, @"random_state=(\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
            Check(content.GetProperty("stratify_by_class_numbers"), labels, testSize, seed, oneHotRows: false);
            Check(content.GetProperty("stratify_by_one_hot_rows_as_the_document_does"), labels, testSize, seed, oneHotRows: true);
        }

        static void Check(JsonElement expected, int[] labels, double testSize, uint seed, bool oneHotRows)
        {
            var (train, test) = ScikitLearnSplit.Stratified(labels, testSize, seed, oneHotRows);
            Assert.Equal(expected.GetProperty("train_indices").Doubles(), train.Select(index => (double)index));
            Assert.Equal(expected.GetProperty("test_indices").Doubles(), test.Select(index => (double)index));
        }
    }

    [Fact]
    public void Uneven_classes_are_cut_as_scikit_learn_cuts_them()
    {
        // train_test_split(range(11), test_size=.3, stratify=[0]*5+[1]*3+[2]*3, random_state=7) of scikit-learn 1.2.1
        int[] labels = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2];
        var (train, test) = ScikitLearnSplit.Stratified(labels, .3, 7);
        Assert.Equal([7, 8, 9, 6, 2, 3, 0], train);
        Assert.Equal([4, 10, 1, 5], test);
    }

    [Fact]
    public void Splits_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ScikitLearnSplit.Stratified([0, 0, 0, 1], .5, 1));
        Assert.Throws<ArgumentException>(() => ScikitLearnSplit.Stratified([0, 0, 1, 1], 1.5, 1));
        var split = ScikitLearnSplit.Stratified(SplitterTests.Dataset(25, 25, groupSize: 1), .2, 42);
        Assert.Equal([5, 5], split["test"].CountsByClass);
        Assert.True(split.Card.IsDisjoint);
    }
}
