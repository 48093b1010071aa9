using CovidNotebooks.Evaluation;
using CovidNotebooks.Runs;
using FsCheck;
using FsCheck.Fluent;

namespace Tests.Runs;

public class PredictionsFileTests
{
    [Fact]
    public void TheTextIsPlainCsv() => Assert.Equal(
        "id,group,source,label,loss,score:NORMAL,positive-score:PNEUMONIA\na.png,p1,paper,0,0.28,0.75,0.25\nb.png,,,1,0.13,0.125,0.875\n",
        Written(RunStoreTests.Answers()));

    [Fact]
    public void RoundTripIsExact() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Gen.ListOf(Item())), items =>
    {
        var predictions = new Predictions(
            ["a,b", "\"c\"\n", ""], [.. items.Select((item, i) => item with { Id = $"{item.Id}{i}" })], positiveClass: 2);
        var back = PredictionsFile.Parse(Written(predictions));
        return back.ClassNames.SequenceEqual(predictions.ClassNames, StringComparer.Ordinal)
            && back.PositiveClass == 2
            && back.Count == predictions.Count
            && back.Items.Zip(predictions.Items).All(pair => Same(pair.First, pair.Second));
    }));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("id,group\n", "Line 1")]
    [InlineData("id,group,source,label,loss,score:a,score:b\n", "positive-score")]
    [InlineData("id,group,source,label,loss,score:a,positive-score:b\nx,,,0,0.1,0.5\n", "Line 2 has 6 fields")]
    [InlineData("id,group,source,label,loss,score:a,positive-score:b\nx,,,0,0.1,0.5,0.", "cut")]
    [InlineData("id,group,source,label,loss,score:a,positive-score:b\nx,,,one,0.1,0.5,0.5\n", "label 'one'")]
    [InlineData("id,group,source,label,loss,score:a,positive-score:b\nx,,,1,0.1,0.5,half\n", "'half'")]
    [InlineData("id,group,source,label,loss,score:a,positive-score:b\nx,,,7,0.1,0.5,0.5\n", "label 7")]
    [InlineData("id,group,source,label,loss,score:a,positive-score:b\n\"x,,,1,0.1,0.5,0.5\n", "never closed")]
    [InlineData("id,group,source,label,loss,score:a,positive-score:b\n\"x\"y,,,1,0.1,0.5,0.5\n", "after a quoted field")]
    public void WhatIsNoPredictionsFileIsNamed(string text, string part) =>
        Assert.Contains(part, Assert.Throws<InvalidDataException>(() => PredictionsFile.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void WindowsLineEndsAreRead() =>
        Assert.Equal(2, PredictionsFile.Parse(Written(RunStoreTests.Answers()).Replace("\n", "\r\n", StringComparison.Ordinal)).Count);

    private static string Written(Predictions predictions)
    {
        using var writer = new StringWriter();
        PredictionsFile.Write(writer, predictions);
        return writer.ToString();
    }

    private static Gen<Prediction> Item()
    {
        var text = Gen.Elements("x", "", "a,b", "\"quoted\"", "two\nlines", "carriage\r", "肺炎 %20", " spaced ");
        var optional = Gen.OneOf(Gen.Constant<string?>(null), text.Select(value => (string?)value));
        var score = Gen.Elements(0, -0.0, .1, 1.0 / 3, 1e-300, double.MaxValue, double.NegativeInfinity, 5e-324);
        return from id in text
               from grp in optional
               from source in optional
               from label in Gen.Choose(0, 2)
               from scores in Gen.ArrayOf(score, 3)
               from loss in Gen.OneOf(score, Gen.Constant(double.NaN))
               select new Prediction(id, grp, source, label, scores, loss);
    }

    private static bool Same(Prediction a, Prediction b) =>
        string.Equals(a.Id, b.Id, StringComparison.Ordinal)
            && string.Equals(a.Group, b.Group, StringComparison.Ordinal)
            && string.Equals(a.Source, b.Source, StringComparison.Ordinal)
        && a.Label == b.Label && SameBits(a.Loss, b.Loss) && a.Scores.Zip(b.Scores).All(pair => SameBits(pair.First, pair.Second));

    private static bool SameBits(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));
}
