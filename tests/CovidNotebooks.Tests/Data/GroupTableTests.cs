using CovidNotebooks.Data;

namespace Tests.Data;

/// <summary>
/// Tables of groups as people write them: paths that nearly fit, contradictions, blanks. Each case is a public bug report's kind.
/// </summary>
public sealed class GroupTableTests : IDisposable
{
    private static readonly string[] Images = ["a/1.png", "a/2.png", "b/3.png", "b/M\u00FCller 4.png"];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a\\\\1.png,p\na\\\\2.png,p\nb\\\\3.png,q\nb\\\\M\u00FCller 4.png,q\n", 4)]
    [InlineData("./a/1.png,p\n./a/2.png,p\n.\\\\b\\\\3.png,q\nb/M\u00FCller 4.png,q\n", 3)]
    [InlineData(" a/1.png ,p\na//2.png, p\nb / 3.png,q \nb/M\u00FCller 4.png,q\n", 3)]
    [InlineData("a/1.png,p\na/2.png,p\nb/3.png,q\nb/Mu\u0308ller 4.png,q\n", 1)]
    public void Separators_dots_spaces_and_forms_of_letters_are_made_alike_and_counted(string rows, int rewritten)
    {
        var (groups, notes) = Grouped(rows.Replace("\\\\", "\\", StringComparison.Ordinal));
        Assert.Equal(["p", "p", "q", "q"], groups);
        Assert.Contains(
            $"{rewritten} path{(rewritten == 1 ? " was" : "s were")} read with / between folders",
            Assert.Single(notes),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Names_in_pieces_on_the_disk_find_their_whole_names_in_the_table()
    {
        // As macOS keeps them: u and a mark; Korean syllables as single letters.
        LabeledImage[] onDisk = [new("a/Mu\u0308ller 1.png", 0), new("a/\u1112\u1161\u11AB.png", 0), new("a/e\u0302\u0301.png", 0)];
        var table = GroupTable.Read(Write("a/M\u00FCller 1.png,p\na/\uD55C.png,q\na/\u1EBF.png,r\n"));
        Assert.Empty(table.Compare(onDisk));
        Assert.Equal(["p", "q", "r"], onDisk.Select(image => table.Apply(image).Group));
    }

    [Fact]
    public void Upper_and_lower_case_are_alike_where_that_is_unique()
    {
        var (groups, notes) = Grouped("A/1.PNG,Patient 1\na/2.png,patient 1\nb/3.png,q\nB/3.png,r\nb/M\u00FCller 4.png,q\n");
        Assert.Equal(["Patient 1", "Patient 1", "q", "q"], groups);
        Assert.Contains(
            notes,
            note =>
                note.Contains(
                    "1 spelling of a group was taken for another that differs in upper and lower case only: patient 1 = Patient 1",
                    StringComparison.Ordinal));
        Assert.Contains(
            notes,
            note => note.Contains("1 image was found under a path in other upper and lower case: a/1.png", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("1 row names no image of the set: B/3.png (line 5)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_blank_group_is_unknown_and_so_is_every_word_for_it()
    {
        var (groups, notes) = Grouped("a/1.png,p1\na/2.png,\nb/3.png,\"\"\nb/M\u00FCller 4.png, NaN\n");
        Assert.Equal(["p1", null, null, null], groups);
        Assert.Contains("3 rows have no group: unknown, each on its own", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_contradict_each_other_leave_the_group_unknown_and_are_named()
    {
        var (groups, notes) = Grouped("a/1.png,p\na\\1.png,q\na/2.png,p\na/2.png,\nb/3.png,q\n");
        Assert.Equal([null, "p", "q", null], groups);
        Assert.Contains(
            notes,
            note =>
                note.EndsWith(
                    "1 image has rows that name different groups, so the group is unknown: a/1.png (line 2: p, line 3: q).",
                    StringComparison.Ordinal));
        Assert.Contains(
            notes, note => note.Contains("1 image has no row, so no group from it: b/M\u00FCller 4.png", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_that_names_no_image_is_an_error_with_its_line()
    {
        var error = Assert.Throws<DataException>(() => Grouped("covid/x.png,p\ncovid/y.png,q\n")).Message;
        Assert.Contains(
            "names none of the 4 images: its line 2 says \"covid/x.png\", an image is called \"a/1.png\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Blank_is_unknown_on_the_image_itself()
    {
        Assert.Null(new LabeledImage("a.png", 0, " ").Group);
        Assert.Null((new LabeledImage("a.png", 0, "p", "s") with { Group = "", Source = "\t" }).Group);
    }

    private (IReadOnlyList<string?> Groups, IReadOnlyList<string> Notes) Grouped(string rows)
    {
        LabeledImage[] images = [.. Images.Select(path => new LabeledImage(path, 0))];
        var table = GroupTable.Read(Write(rows));
        var notes = table.Compare(images);
        return ([.. images.Select(image => table.Apply(image).Group)], notes);
    }

    private string Write(string rows)
    {
        var file = Path.Combine(folder.Path, "split.csv");
        File.WriteAllText(file, "path,group\n" + rows);
        return file;
    }
}
