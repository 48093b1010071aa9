using CovidNotebooks.Data;

namespace Tests.Data;

/// <summary>Cohen's metadata, in tables that are made here.</summary>
public sealed class CohenMetadataTests : IDisposable
{
    private const string Table =
        "patientid,offset,sex,finding,view,modality,folder,filename,doi,url,license,clinical notes\r\n"
        + "2,0,M,COVID-19,PA,X-ray,images,a.jpg,,https://example.org/a,CC BY 4.0,\"fever, cough\nsince \"\"Monday\"\"\"\r\n"
        + "2,3,M,COVID-19,PA,X-ray,images,b.jpg,10.1/b,https://example.org/b,,\r\n"
        + "3,0,F,COVID-19,AP,X-ray,images,c.jpg,,,,\r\n"
        + "4,0,F,Pneumonia/Viral/COVID-19,PA,X-ray,images,d.jpg,,,,\r\n"
        + "5,0,F,\"COVID-19, ARDS\",PA,X-ray,images,e.jpg,,,,\r\n"
        + "6,0,F,SARS,PA,X-ray,images,f.jpg,,,,\r\n"
        + "7,0,F,COVID-19,PA,X-ray,images,gone.jpg,,,,";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_documents_rule_takes_finding_and_view_letter_for_letter()
    {
        var selection = Metadata().Select(Images("a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg", "f.jpg"));

        Assert.Equal(["a.jpg", "b.jpg"], selection.Images.Select(image => image.FileName));
        Assert.Equal(1, selection.Patients);
        Assert.Equal("gone.jpg", Assert.Single(selection.Missing).FileName);
        Assert.Contains("1 file that the metadata name is not there: gone.jpg", selection.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_longer_spelling_of_later_versions_is_an_option()
    {
        var selection = Metadata().Select(Images("a.jpg", "d.jpg", "e.jpg"), new CohenRule { AcceptsLongFindings = true });

        Assert.Equal(["a.jpg", "d.jpg"], selection.Images.Select(image => image.FileName));
        Assert.Equal(["b.jpg", "gone.jpg"], selection.Missing.Select(image => image.FileName));
    }

    [Fact]
    public void Quotes_line_ends_and_a_byte_order_mark_are_read()
    {
        var path = Path.Combine(folder.Path, "metadata.csv");
        File.WriteAllText(path, Table, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var images = CohenMetadata.Read(path).Images;

        Assert.Equal(7, images.Count);
        Assert.Equal(new CohenImage(2, "2", "COVID-19", "PA", "a.jpg", "https://example.org/a", "CC BY 4.0", "M"), images[0]);
        Assert.Equal(new CohenImage(4, "2", "COVID-19", "PA", "b.jpg", "10.1/b", Sex: "M"), images[1]);
        Assert.Equal("COVID-19, ARDS", images[4].Finding);
        Assert.Equal(images, CohenMetadata.Parse("\uFEFF" + Table).Images);
    }

    [Theory]
    [InlineData("", "no column patientid, finding, view, filename")]
    [InlineData("patientid,finding,filename\n1,COVID-19,a.jpg\n", "no column view")]
    [InlineData("patientid,finding,view,filename\n1,COVID-19,PA\n", "Line 2 of metadata.csv has 3 fields; the first line names 4")]
    [InlineData("patientid,finding,view,filename\n1,\"COVID-19,PA,a.jpg\n", "never closed")]
    public void What_is_no_such_table_is_refused(string text, string why) =>
        Assert.Contains(why, Assert.Throws<DataException>(() => CohenMetadata.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("../a.jpg")]
    [InlineData("sub/a.jpg")]
    [InlineData("..\\a.jpg")]
    [InlineData("C:a.jpg")]
    [InlineData("..")]
    public void A_name_that_leaves_the_folder_is_refused(string name)
    {
        var metadata = CohenMetadata.Parse($"filename,view,finding,patientid\n{name},PA,COVID-19,1\n");
        Assert.Contains("Line 2", Assert.Throws<DataException>(() => metadata.Select(Images("a.jpg"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_and_folders_are_told()
    {
        Assert.Contains(
            "There is no file",
            Assert.Throws<DataException>(() => CohenMetadata.Read(Path.Combine(folder.Path, "none.csv"))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "There is no folder",
            Assert.Throws<DataException>(() => Metadata().Select(Path.Combine(folder.Path, "none"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_is_made_with_patients_and_a_seeded_draw_of_normals()
    {
        var phantoms = Phantoms.Create(folder.Path, new PhantomOptions { Size = 16, TrainPerClass = 6, TestPerClass = 1 });
        var root = phantoms["train"].Root;
        var sick = Path.Combine(root, "train", "PNEUMONIA");
        var normals = Path.Combine(root, "train", "NORMAL");
        var metadata = CohenMetadata.Parse(
            "patientid,finding,view,filename\n"
                + "9,COVID-19,PA,phantom-00000.jpeg\n"
                + "\"1,2\",COVID-19,PA,phantom-00001.jpeg\n"
                + "9,COVID-19,PA,phantom-00002.jpeg\n");
        var selection = metadata.Select(sick);
        string[] Made(string name, long seed) =>
        [
            .. CohenXrayFolder.Make(
                Path.Combine(folder.Path, name),
                selection,
                normals + "/",
                count: 2,
                seed).Images.Select(image => $"{image.Path} {image.Group} {image.Source} {image.Label}"),
        ];

        var first = Made("one", 1);
        Assert.Equal(["covid/phantom-00000.jpeg cohen-9 cohen 0", "covid/phantom-00001.jpeg cohen-1,2 cohen 0"], first[..2]);
        Assert.Equal(4, first.Length);
        Assert.All(first[2..], line => Assert.Matches("^normal/phantom-0000.\\.jpeg  normal 1$", line));
        Assert.Equal(first, Made("two", 1));
        Assert.Contains(Enumerable.Range(2, 8), seed => !first.SequenceEqual(Made($"other {seed}", seed), StringComparer.Ordinal));
        Assert.Empty(Directory.GetDirectories(folder.Path, "*.part"));
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(sick, "phantom-00001.jpeg")),
            File.ReadAllBytes(Path.Combine(folder.Path, "one", "covid", "phantom-00001.jpeg")));

        Assert.Contains("is there already", Refused("one", 2), StringComparison.Ordinal);
        Assert.Contains("3 images are taken by the rule", Refused("more", 4), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "more")));

        string Refused(string name, int count) =>
            Assert.Throws<DataException>(() => CohenXrayFolder.Make(Path.Combine(folder.Path, name), selection, normals, count)).Message;
    }

    [Fact]
    public void A_patients_name_with_a_comma_quotes_and_a_line_end_is_read_back_as_it_is()
    {
        var root = Phantoms.Create(folder.Path, new PhantomOptions { Size = 16, TrainPerClass = 2, TestPerClass = 1 })["train"].Root;
        var metadata = CohenMetadata.Parse("patientid,finding,view,filename\n\"1,\"\"2\"\"\n3\",COVID-19,PA,phantom-00000.jpeg\n");
        var made = CohenXrayFolder.Make(
            Path.Combine(folder.Path, "one"),
            metadata.Select(Path.Combine(root, "train", "PNEUMONIA")),
            Path.Combine(root, "train", "NORMAL"),
            count: 1);

        Assert.Equal("cohen-1,\"2\"\n3", made.Images[0].Group);
        Assert.Null(made.Images[1].Group);
    }

    /// <summary>
    /// Public bug reports: a name without its extension, spellings that nearly fit, one file with two findings, one patient who is two
    /// people.
    /// </summary>
    [Fact]
    public void What_nearly_fits_and_what_contradicts_itself_is_counted_and_named()
    {
        var metadata = CohenMetadata.Parse(
            "patientid,sex,age,finding,view,filename,url\n"
            + "1,M,40,COVID-19,PA,RA-1,https://a.example\n"
            + "2,M,41, COVID-19 ,PA,RA-1.jpg,https://a.example\n"
            + "3,M,42,COVID-19,pa,RA-1.jpg,https://a.example\n"
            + "1,M,40,COVID-19,PA,c0.png,https://b.example\n"
            + "2,F,50,SARS,PA,c0.png,https://b.example\n"
            + "3,F,51,COVID-19,PA,c0.png,https://b.example\n"
            + "62,M,50,COVID-19,PA,c1.png,https://c.example\n"
            + "62,F,71,COVID-19,PA,c2.png,https://d.example\n");
        var selection = metadata.Select(Images("RA-1.jpg", "c0.png", "c1.png", "c2.png"));

        Assert.Equal(["c0.png", "c1.png", "c2.png"], selection.Images.Select(image => image.FileName));
        Assert.Equal("", selection.Images[0].Patient);
        Assert.Equal((1, 1), (selection.Patients, selection.PatientsUnknown));
        Assert.Equal(
            [
                "2 rows nearly fit and are not taken: line 3 (\" COVID-19 \", \"PA\", RA-1.jpg); line 4 (\"COVID-19\", \"pa\", RA-1.jpg).",
                "1 missing file is there under nearly the same name: RA-1 (there is RA-1.jpg).",
                "1 file has rows with different findings: c0.png (line 5: COVID-19, line 6: SARS, line 7: COVID-19).",
                "1 file has rows with different patients, so the patient is unknown: c0.png (line 5: 1, line 6: 2, line 7: 3).",
                "3 patients have rows that do not fit one person (sex, or ages more than 5 years apart): "
                    +
                        "patient 2 (line 3: M 41, line 6: F 50); patient 3 (line 4: M 42, line 7: F 51); patient 62 (line 8: M 50, "
                        + "line 9: F 71).",
            ],
            selection.Doubts);
        Assert.Contains("1 known, unknown for 1 image", selection.ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Patients_without_a_number_are_unknown_and_not_one_patient()
    {
        var root = Phantoms.Create(folder.Path, new PhantomOptions { Size = 16, TrainPerClass = 4, TestPerClass = 1 })["train"].Root;
        var rows = string.Concat(Enumerable.Range(0, 4).Select(i => $"{(i == 2 ? "7" : "")},M,5{i},COVID-19,PA,phantom-0000{i}.jpeg\n"));
        var selection = CohenMetadata.Parse("patientid,sex,age,finding,view,filename\n" + rows)
            .Select(Path.Combine(root, "train", "PNEUMONIA"));
        Assert.Equal((1, 3), (selection.Patients, selection.PatientsUnknown));

        var made = CohenXrayFolder.Make(Path.Combine(folder.Path, "one"), selection, Path.Combine(root, "train", "NORMAL"), count: 4);
        Assert.Equal([null, null, "cohen-7", null], made.Images.Where(image => image.Label == 0).Select(image => image.Group));
    }

    private static CohenMetadata Metadata() => CohenMetadata.Parse(Table);

    private string Images(params string[] names)
    {
        var images = Directory.CreateDirectory(Path.Combine(folder.Path, "images")).FullName;
        foreach (var name in names)
        {
            File.WriteAllText(Path.Combine(images, name), "");
        }

        return images;
    }
}
