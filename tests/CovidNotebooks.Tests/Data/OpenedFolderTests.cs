using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Models;

namespace Tests.Data;

/// <summary>What <see cref="ImageDataset.Open"/> takes for what.</summary>
public sealed class OpenedFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("train,val,test", "train,val,test")]
    [InlineData("Training,valid", "train,val")]
    [InlineData("validation,test", "val,test")]
    [InlineData("train", "train")]
    public void Parts_in_any_usual_spelling_are_parts_and_not_classes(string folders, string parts)
    {
        foreach (var part in folders.Split(','))
        {
            Draw($"{part}/ill/a.png", $"{part}/well/b.png", $"{part}/well/c.png");
        }

        var opened = Open();

        Assert.Equal((FolderLayout.PartFolders, parts), (opened.Layout, string.Join(',', opened.Split.Parts.Select(part => part.Name))));
        Assert.Equal(["ill", "well"], opened.All.ClassNames);
        Assert.All(opened.Split.Parts, part => Assert.Equal([1, 2], part.Dataset.CountsByClass));
        Assert.All(opened.All.Images, image => Assert.True(File.Exists(opened.All.FullPath(image))));
        Assert.Contains($"the parts {parts.Replace(",", ", ", StringComparison.Ordinal)}", opened.Sentences[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_parts_as_classes_is_refused_with_the_way_out()
    {
        Draw("train/ill/a.png", "test/ill/a.png", "val/ill/a.png");

        var message = Assert.Throws<DataException>(() => ImageDataset.FromFolders(folder.Path)).Message;

        Assert.Contains("holds the parts test, train, val, not classes", message, StringComparison.Ordinal);
        Assert.Contains("ImageDataset.Open(folder)", message, StringComparison.Ordinal);
        Assert.Equal(["test", "train", "val"], ImageDataset.FromFolders(folder.Path, classNames: ["test", "train", "val"]).ClassNames);
    }

    [Fact]
    public void Hidden_names_are_no_classes_and_no_pictures_and_are_named_on_the_card()
    {
        Draw(
            "ill/a.png",
            "ill/._a.png",
            "ill/.ipynb_checkpoints/a-checkpoint.png",
            "well/b.png",
            ".ipynb_checkpoints/x.png",
            "__MACOSX/ill/._a.png");
        Write("ill/Thumbs.db", "ill/.DS_Store", "ill/notes.txt");

        foreach (var dataset in new[] { Open().All, ImageDataset.FromFolders(folder.Path) })
        {
            Assert.Equal(["ill", "well"], dataset.ClassNames);
            Assert.Equal(["ill/a.png", "well/b.png"], dataset.Images.Select(image => image.Path));
            var card = DataCard.Of(dataset).ToPlainText();
            Assert.All([".ipynb_checkpoints", "ill/._a.png", "__MACOSX", "ill/.DS_Store", "ill/Thumbs.db", "ill/notes.txt"], name =>
                Assert.Contains(name, card, StringComparison.Ordinal));
        }

        Assert.Contains(
            ".ipynb_checkpoints",
            ImageDataset.FromFolders(folder.Path, classNames: [".ipynb_checkpoints", "ill"], rule: FolderRule.Keras).ClassNames);
        Assert.Contains(
            ImageDataset.FromFolders(folder.Path, classNames: ["ill"], rule: FolderRule.Keras).Images,
            image => image.Path == "ill/._a.png");
    }

    [Fact]
    public void A_link_below_a_class_is_not_followed_so_that_a_loop_ends()
    {
        Draw("ill/a.png", "well/b.png");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "ill", "again"), folder.Path);

        var opened = Open();

        Assert.Equal(2, opened.All.Count);
        Assert.Contains(opened.LeftOut, file => file is { Path: "ill/again", Why: "linked folders are not followed" });
    }

    [Fact]
    public void Dicom_files_are_taken_with_and_without_an_ending_and_the_patient_is_the_group()
    {
        Draw("well/b.png");
        foreach (
            var (file, target) in new[]
            {
                ("ct-explicit.dcm", "ill/x.dcm"),
                ("ct-implicit.dcm", "ill/IM000002"),
                ("mono1-window.dcm", "well/y.DCM"),
            })
        {
            File.Copy(Path.Combine(DicomTests.Folder, file), At(target));
        }

        var opened = Open();

        Assert.Equal(["patient 1", "patient 1", null, "patient 2"], opened.All.Images.Select(image => image.Group));
        Assert.Contains("2 patients, from the patient ids in the DICOM files", opened.Sentences[1], StringComparison.Ordinal);
        Assert.Contains("1 picture has none", opened.Sentences[1], StringComparison.Ordinal);
        Assert.Empty(DataCard.Of(opened.All).BadFiles);
    }

    [Fact]
    public void A_file_patients_csv_and_names_of_chest_xray_tell_patients_and_a_pattern_must_be_one()
    {
        Draw("ill/person1_virus_6.jpeg", "ill/person1_virus_7.jpeg", "well/IM-0115-0001.jpeg");
        Assert.Equal("2 patients, from the file names of chest_xray (Kermany et al.).", Open().Sentences[1]);
        Assert.Equal(["person1-virus", "person1-virus", "IM-0115"], Open().All.Images.Select(image => image.Group));

        File.WriteAllText(At("patients.csv"), "path,group\nill/person1_virus_6.jpeg,a\nill/person1_virus_7.jpeg,b\n");
        var opened = Open();
        Assert.Equal(["a", "b", null], opened.All.Images.Select(image => image.Group));
        Assert.StartsWith("2 patients, from patients.csv", opened.Sentences[1], StringComparison.Ordinal);
        Assert.EndsWith("1 picture has none and stands alone.", opened.Sentences[1], StringComparison.Ordinal);

        Assert.StartsWith("The pattern ^( cannot be read: ",
            Assert.Throws<DataException>(() => ImageDataset.Open(folder.Path, "^(")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dicom_files_that_cannot_be_read_name_no_patient_and_stand_on_the_card()
    {
        var whole = File.ReadAllBytes(Path.Combine(DicomTests.Folder, "ct-explicit.dcm"));
        File.WriteAllBytes(At("ill/whole.dcm"), whole);
        File.WriteAllBytes(At("ill/cut.dcm"), whole[..200]);
        File.WriteAllBytes(At("well/empty.dcm"), []);
        File.Copy(Path.Combine(DicomTests.Folder, "refused-rle.dcm"), At("well/rle.dcm"));
        var opened = Open();
        Assert.Equal([("ill/whole.dcm", "patient 1")],
            opened.All.Images.Where(image => image.Group is not null).Select(image => (image.Path, image.Group)));
        Assert.Equal(["ill/cut.dcm", "well/empty.dcm", "well/rle.dcm"],
            DataCard.Of(opened.All).BadFiles.Select(file => file.Path).Order(StringComparer.Ordinal));

        // Larger than a file may be: not read at all.
        var unknown = opened.All.Select(image => image with { Group = null });
        Assert.Equal(1, DicomGroups.Apply(unknown, new ImageLimits { MaxFileBytes = whole.Length }).GroupCount);
        Assert.Equal(0, DicomGroups.Apply(unknown, new ImageLimits { MaxFileBytes = whole.Length - 1 }).GroupCount);
    }

    [Fact]
    public void The_tables_groups_win_over_those_of_dicom_files_which_fill_its_blanks()
    {
        string[] files = ["ct-explicit.dcm", "ct-implicit.dcm", "mono1-window.dcm", "gray-8.dcm"];
        foreach (var file in files)
        {
            File.Copy(Path.Combine(DicomTests.Folder, file), At(file));
        }

        // In the files the first, the second and the last are one patient; the table says that the last is somebody else.
        File.WriteAllText(At("labels.csv"), "file,label,group\nct-explicit.dcm,a,anna\nct-implicit.dcm,b,\nmono1-window.dcm,a,\n"
            + "gray-8.dcm,b,patient 1\n");
        var opened = Open();
        Assert.Equal(
            [
                ("ct-explicit.dcm", "anna"), ("mono1-window.dcm", "DICOM patient 2"), ("ct-implicit.dcm", "anna"),
                ("gray-8.dcm", "patient 1"),
            ],
            opened.All.Images.Select(image => (image.Path, image.Group)));
        Assert.Equal("3 patients, from the table's column of groups; where it is blank (2 pictures), from the DICOM files.",
            opened.Sentences[1]);
    }

    [Fact]
    public void A_table_names_files_labels_groups_and_parts()
    {
        Draw("images/1.png", "images/2.png", "images/3.png", "images/4.png", "images/5.png");
        File.WriteAllText(
            At("labels.csv"),
            "file,label,group,split,age\n"
                + "images/1.png,ill,p1,train,3\n"
                + "images\\2.png,well,p2,Training,\n"
                + "./images/3.png,well,p2,val,\n"
                + "images/4.png,ill,nan,test,9\n");

        var opened = Open();

        Assert.Equal(
            (FolderLayout.Table, "train,val,test"), (opened.Layout, string.Join(',', opened.Split.Parts.Select(part => part.Name))));
        Assert.Equal(["p1", "p2", "p2", null], opened.All.Images.Select(image => image.Group));
        Assert.Equal([0, 1, 1, 0], opened.All.Images.Select(image => image.Label));
        Assert.Contains(
            opened.LeftOut, file => file.Path == "images/5.png" && file.Why.Contains("does not name it", StringComparison.Ordinal));
        Assert.Contains("Columns of labels.csv that are not used: age.", opened.Sentences);
        Assert.Equal(opened.All.Images, ImageDataset.Open(At("labels.csv")).All.Images);
    }

    [Theory]
    [InlineData("file;label\n1.png;a\n", "semicolons")]
    [InlineData("file,label\n1.png,a\n2.png,a\n", "one label, a")]
    [InlineData("file,label\n1.png,a\n3.png,b\n", "1 of 2 files that labels.csv names are not in")]
    [InlineData("file,label\n1.png,a\n1.png,b\n", "names 1.png twice, in the lines 2 and 3")]
    [InlineData("file,label\n1.png,a\n2.png,\n", "Line 3 of labels.csv has no label")]
    [InlineData("file,label\n1.png,a\n2.png,A\n", "differ in upper and lower case")]
    [InlineData("file,label,split\n1.png,a,train\n2.png,b,later\n", "has the split 'later'")]
    [InlineData("file,label\n1.png,a\n../2.png,b\n", "outside of the table's folder")]
    [InlineData("file,label\n1.png,a\n2.png\n", "Line 3")]
    public void A_table_that_contradicts_itself_or_the_files_is_refused(string text, string reason)
    {
        Draw("1.png", "2.png");
        File.WriteAllText(At("labels.csv"), text);

        Assert.Contains(reason, Assert.Throws<DataException>(Open).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.png b.png", "no sub-folder with pictures, only 2 pictures without a class")]
    [InlineData("ill/a.png", "has one class, ill")]
    [InlineData("data/train/ill/a.png data/train/well/a.png", "Inside it are train")]
    [InlineData("train/ill/a.png train/well/b.png others/c.png", "mixes parts (train) with other folders of pictures (others)")]
    [InlineData("val/ill/a.png valid/well/b.png", "two spellings of the part val")]
    [InlineData("train/a.png test/b.png", "hold pictures and no class folders")]
    [InlineData("Ill/a.png ill/b.png", "differ in upper and lower case")]
    public void What_is_no_layout_is_refused_with_what_was_found(string files, string reason)
    {
        Draw(files.Split(' '));

        Assert.Contains(reason, Assert.Throws<DataException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_patients_are_said_and_names_are_only_a_suggestion()
    {
        Draw([.. Enumerable.Range(0, 12).Select(i => $"{(i < 6 ? "ill" : "well")}/p{i / 2}_{i % 2}.png")]);

        var unknown = Open();
        Assert.Equal(0, unknown.All.GroupCount);
        Assert.Contains("Patients are not known", unknown.GroupAdvice, StringComparison.Ordinal);
        Assert.Contains("The names look like 6 patients", unknown.GroupAdvice, StringComparison.Ordinal);

        var known = ImageDataset.Open(folder.Path, @"^(p\d+)_");
        Assert.Equal((6, null), (known.All.GroupCount, known.GroupAdvice));
        Assert.Equal(6, ImageDataset.Open(folder.Path, @"^(.+)[-_]\d+\.").All.GroupCount);
        Assert.Contains(
            "gives no patient for 12 of 12",
            Assert.Throws<DataException>(() => ImageDataset.Open(folder.Path, @"^(x\d+)_")).Message,
            StringComparison.Ordinal);

        File.WriteAllText(
            At("people.csv"), "name,who\n" + string.Concat(known.All.Images.Select(image => $"{image.Path},{image.Group}\n")));
        Assert.Equal(known.All.Images, ImageDataset.Open(folder.Path, $"{At("people.csv")}:name:who").All.Images);
    }

    [Fact]
    public void Folders_below_the_classes_are_patients_and_that_is_said()
    {
        Draw("ill/anna/1.png", "ill/anna/2.png", "well/ben/1.png", "well/carl/1.png");

        var opened = Open();

        Assert.Equal(["anna", "anna", "ben", "carl"], opened.All.Images.Select(image => image.Group));
        Assert.Contains("each taken for one patient", opened.Sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_parts_are_cut_by_patient_and_shipped_ones_stay()
    {
        Draw(
            [
                .. Enumerable.Range(0, 40).Select(i => $"train/{(i < 20 ? "ill" : "well")}/p{i / 2}_{i % 2}.png"),
                "test/ill/p90_1.png",
                "test/well/p91_1.png",
            ]);

        var opened = ImageDataset.Open(folder.Path, @"^(p\d+)_");
        var cut = opened.Cut(seed: 3);

        Assert.Equal(["train", "val", "test"], cut.Parts.Select(part => part.Name));
        Assert.Equal(opened.Split["test"].Images, cut["test"].Images);
        Assert.Equal((40, 8), (cut["train"].Count + cut["val"].Count, cut["val"].Count));
        Assert.True(cut.Card.IsDisjoint);
        Assert.Equal(cut["val"].Images, opened.Cut(seed: 3)["val"].Images);
        Assert.Contains("test as in the folder", cut.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_patients_to_cut_are_refused()
    {
        Draw("ill/a.png", "well/b.png", "well/c.png", "well/d.png");

        Assert.Contains(
            "too few pictures or patients", Assert.Throws<DataException>(() => Open().Cut(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Phantoms_are_a_folder_as_any_other_with_two_or_three_classes()
    {
        foreach (var classes in new[] { 2, 3 })
        {
            var drawn = PhantomFolder.Open(folder.Path, classes, perClass: 6, size: 32);

            Assert.Equal(
                (classes, 6 * classes, 3 * classes, true),
                (drawn.All.ClassNames.Count, drawn.All.Count, drawn.All.GroupCount, drawn.All.IsPhantom));
            Assert.StartsWith("PHANTOMS", drawn.ToPlainText(), StringComparison.Ordinal);
            var again = ImageDataset.Open(drawn.All.Root, PhantomFolder.Groups);
            Assert.Equal(drawn.All.Images, again.All.Images);
            Assert.False(again.All.IsPhantom);
        }
    }

    [Theory]
    [InlineData(60_000, 1, "at most 4,096 pixels; 60,000")]
    [InlineData(4_096, 16, "takes 3.2 GB")]
    public void Sizes_that_no_memory_holds_are_refused_before_they_are_asked_for(int side, int batch, string reason)
    {
        var message = Assert.Throws<ArgumentOutOfRangeException>(
            () => new LoaderOptions { Width = side, Height = side, BatchSize = batch }.Validate()).Message;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        if (side > LoaderOptions.LargestSide)
        {
            Assert.Contains(
                "224 is usual",
                Assert.Throws<ArgumentOutOfRangeException>(() => new PneumoniaCnnOptions { ImageSize = side }.Validate()).Message,
                StringComparison.Ordinal);
        }
    }

    private OpenedFolder Open() => ImageDataset.Open(folder.Path);

    private string At(string path)
    {
        var full = Path.Combine(folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    private void Draw(params IEnumerable<string> files)
    {
        foreach (var (file, i) in files.Select((file, i) => (file, i)))
        {
            using var stream = File.Create(At(file));
            ImageFileWriter.WritePng(new PixelImage(4, 4, 1, [.. Enumerable.Repeat((byte)i, 16)]), stream);
        }
    }

    private void Write(params IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            File.WriteAllText(At(file), "x");
        }
    }
}
