using CovidNotebooks.Audit;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace Tests.Audit;

public sealed class ProbeTableTests : IDisposable
{
    private readonly MadeImages images = new();
    private readonly ProbeReport probe;

    public ProbeTableTests() => probe = ShortcutProbe.Header(
        images.Make("train", 8, label => 12 + (label * 8), _ => 100, "ill", "well"),
        images.Make("test", 10, label => 12 + (label * 8), _ => 100, "ill", "well"));

    public void Dispose() => images.Dispose();

    [Fact]
    public void One_network_stands_in_columns_beside_the_probe_with_its_verdict_and_p()
    {
        // The probe is right on all 20 images, the network on 10: p = 2 / 2¹⁰ = .00195.
        var blocks = ProbeTable.Of([probe], ("half", Model(10))).Describe().Blocks;
        Assert.Equal("half: right less often than file header.", Assert.IsType<Paragraph>(blocks[0]).Text);
        var table = blocks.OfType<Table>().Single();
        Assert.Equal("What can be had without seeing anatomy, on 20 images", table.Caption);
        Assert.Equal("half 0.500", table.Columns[4].Header);
        var row = table.Rows.Single().Select(cell => cell.Text).ToArray();
        Assert.Equal("file header (logistic regression)", row[0]);
        Assert.Equal(("1.000", "1.000", "probe is better", "0.0020"), (row[1], row[3], row[4], row[5]));
        Assert.Contains("0.500 (10/20)", table.Notes.Single(), StringComparison.Ordinal);
        Assert.Contains("Paired by image; McNemar, exact", string.Join(' ', table.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_two_networks_stand_in_rows()
    {
        var document = ProbeTable.Of([probe], ("all", Model(20)), ("half", Model(10)), ("most", Model(18))).Describe();
        var table = document.Blocks.OfType<Table>().Single();
        Assert.Equal("file header, logistic regression: 1.000", table.Columns[2].Header);
        Assert.Equal(
            [("all", "no difference shown, p 1.0000"), ("half", "probe is better, p 0.0020"), ("most", "no difference shown, p 0.5000")],
            table.Rows.Select(row => (row[0].Text, row[2].Text)));
        Assert.Equal(3, document.Blocks.OfType<Paragraph>().Count());
        Assert.Contains("Shortcut probe: file header", document.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_network_the_probes_stand_alone_and_without_a_probe_that_is_said()
    {
        var alone = ProbeTable.Of([probe]).Describe().Blocks.OfType<Table>().Single();
        Assert.Equal(["probe", "accuracy", "95 %", "AUC"], alone.Columns.Select(column => column.Header));
        Assert.DoesNotContain("p:", alone.Notes.Single(), StringComparison.Ordinal);
        Assert.Contains("No probe could be made", ProbeTable.Of([]).ToPlainText(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() =>
            ProbeTable.Of([probe], ("fewer", new Predictions(probe.Predictions.ClassNames, [.. probe.Predictions.Items.Skip(1)]))));
    }

    [Fact]
    public void A_sentence_names_what_a_network_beats_and_what_it_does_not()
    {
        var compared = new[] { ProbeComparison.Of(Model(20), probe), ProbeComparison.Of(Model(0), probe) };
        Assert.Equal("net: right less often than file header; not shown to differ from file header.",
            ProbeTable.Sentence("net", compared));
    }

    /// <summary>Answers that are right on the first images.</summary>
    private Predictions Model(int right) => new(
        probe.Predictions.ClassNames,
        [
            .. probe.Predictions.Items.Select((item, i) =>
                item with { Scores = (i < right) == (item.Label == 1) ? [.1, .9] : [.9, .1], Decision = null }),
        ]);
}
