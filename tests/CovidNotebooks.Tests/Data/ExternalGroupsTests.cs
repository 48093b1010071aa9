using CovidNotebooks.Audit;
using CovidNotebooks.Data;

namespace Tests.Data;

public sealed class ExternalGroupsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_table_with_columns_of_any_names_groups_the_pictures()
    {
        Picture("a.png");
        Picture("more/b.png");
        var table = Table("id,file name,age\n7,a.png,50\n8,b.png,60\n9,elsewhere.png,70\n");
        var images = ExternalFolder.Open(folder.Path, ["covid", "normal"], 0, $"{table}:file name:id");
        Assert.Equal(["a.png 7", "more/b.png 8"], images.Images.Select(image => $"{image.Path} {image.Group}"));
    }

    [Fact]
    public void Paths_and_patients_are_made_alike_before_they_are_compared()
    {
        // Windows separators, ./, spaces, a decomposed umlaut, other case; one patient in two spellings; rows of pictures that are not
        // here.
        Picture("more/b.png");
        Picture("gr\u00fcn.png");
        Picture("UPPER.PNG");
        var table = Table("path,patient\n .\\more\\b.png ,P1\n./gru\u0308n.png, p1\nupper.png,2\nelsewhere/x.png,\n");
        var images = ExternalFolder.Open(folder.Path, ["covid", "normal"], 0, $"{table}:path:patient");
        Assert.Equal(
            ["UPPER.PNG 2", "gr\u00fcn.png P1", "more/b.png P1"],
            images.Images.Select(image => $"{image.Path} {image.Group}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_name_that_two_pictures_share_is_no_path()
    {
        Picture("one/b.png");
        Picture("two/b.png");
        Assert.Contains(
            "2 pictures are called so",
            Assert.Throws<DataException>(
                () => ExternalFolder.Open(folder.Path, ["covid", "normal"], 0, $"{Table("p,g\nb.png,1\n")}:p:g")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_table_does_not_say_is_an_error_that_names_it()
    {
        Picture("a.png");
        Picture("b.png");
        foreach (var (text, columns, said) in new[]
        {
            ("path,patient\na.png,1\n", "path:patient", "names no patient for 1 of 2 pictures, for example b.png"),
            ("path,patient\na.png,1\na.png,2\nb.png,1\n", "path:patient", "an earlier line the patient '1'"),
            ("path,patient\na.png,1\nb.png,1\nb.png,\n", "path:patient", "no patient, an earlier line the patient '1'"),
            ("path,patient\na.png,1\nb.png,  \n", "path:patient", "gives the picture 'b.png' no patient"),
            ("path,patient\na.png,nan\nb.png,nan\n", "path:patient", "gives the picture 'a.png' no patient"),
            ("path,patient\na.png,1\nb.png,\n", "path:patient", "no patient"),
            ("path,patient\na.png,1\nb.png,2\n", "path:person", "has no column person"),
        })
        {
            var error = Assert.Throws<DataException>(
                () => ExternalFolder.Open(folder.Path, ["covid", "normal"], 0, $"{Table(text)}:{columns}"));
            Assert.Contains(said, error.Message, StringComparison.Ordinal);
        }

        Assert.Contains(
            "There is no table",
            Assert.Throws<DataException>(() => ExternalFolder.Open(folder.Path, ["covid", "normal"], 0, "nothing.csv:a:b")).Message,
            StringComparison.Ordinal);
        Assert.All(
            new[] { "file.csv", "file.csv:path", ":a:b", "file.csv::b", "" },
            text => Assert.Throws<DataException>(() => ExternalGroups.Parse(text)));
        Assert.Equal(new ExternalGroups(@"C:\t.csv", "a", "b"), ExternalGroups.Parse(@"C:\t.csv:a:b"));
    }

    private void Picture(string name)
    {
        var path = Path.Combine(folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "not read here");
    }

    private string Table(string text)
    {
        var path = Path.Combine(folder.Path, "table.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
