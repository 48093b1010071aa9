using CovidNotebooks.Audit;
using CovidNotebooks.Display;
using CovidNotebooks.Reporting;
using CovidNotebooks.Runs;

namespace Tests.Reporting;

public class AuditTableTests
{
    [Fact]
    public void Runs_that_a_probe_equals_are_counted_and_every_flag_is_said_once()
    {
        var table = AuditTable.Of(
        [
            Run("behind", .8, ["header: .85"], ("audit.header_probe_accuracy", .85), ("audit.exact_across", 3)),
            Run("equal", .7, ["header: .85", "a patient on both sides"], ("audit.thumbnail_probe_accuracy", .7),
                ("audit.groups_across", 2)),
            Run("ahead", .9, [], ("audit.header_forest_probe_accuracy", .6)),
            Run("not audited", .5, null),
            Run("failed", .1, ["of a run that came to nothing"]) with { Status = RunStatus.Failed },
        ]);
        var blocks = table.Describe().Blocks;
        Assert.Equal(
            "In 2 of 3 finished runs with an accuracy and probes a probe that sees no anatomy is at least as accurate as the network.",
            Assert.IsType<Paragraph>(blocks[0]).Text);
        var rows = TableIn(blocks[1]).Rows.Select(row => row.Select(cell => cell.Text).ToArray()).ToArray();
        Assert.Equal(["behind", "1 flag", "3", "–", "–", "–", "0.850", "–", "–", "0.800"], rows[0]);
        Assert.Equal(["equal", "2 flags", "–", "–", "–", "2", "–", "–", "0.700", "0.700"], rows[1]);
        Assert.Equal(["ahead", "clean", "–", "–", "–", "–", "–", "0.600", "–", "0.900"], rows[2]);
        Assert.Equal("not audited", rows[3][1]);
        Assert.Equal(4, rows.Length);

        Assert.Equal("Every flag in words (2)", Assert.IsType<Folded>(blocks[2]).Summary);
        var flags = TableIn(blocks[2]).Rows.Select(row => (row[0].Text, row[1].Text));
        Assert.Equal([("behind, equal", "header: .85"), ("equal", "a patient on both sides")], flags);
    }

    [Fact]
    public void Without_a_flag_the_table_does_not_call_the_data_clean() =>
        Assert.Contains("either its audit was clean, or it was not audited",
            AuditTable.Of([Run("ahead", .9, []), Run("not audited", .5, null)]).ToPlainText(), StringComparison.Ordinal);

    private static Table TableIn(DisplayBlock block) => Assert.IsType<Table>(Assert.IsType<Folded>(block).Content.Blocks.Single());

    private static RunRecord Run(string name, double accuracy, string[]? flags, params (string Name, double Value)[] found)
    {
        var audit = flags is null ? null : new AuditRecord { Flags = flags };
        return new RunRecord
        {
            Id = name,
            Folder = "/nowhere",
            Name = name,
            Status = RunStatus.Finished,
            Audit = audit,
            AuditVerdict = audit?.Verdict ?? AuditRecord.NotAudited,
            Results = found.Append(("accuracy", accuracy)).ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal),
        };
    }
}
