using System.Text.Json;
using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using Tests.Shared;

namespace Tests.Audit;

/// <summary>
/// The audit of the real sets, against what another search (hashes, thumbnails, SIFT, eyes) found: the file <c>leakage.json</c> of the data
/// folder.
/// </summary>
public class RealLeakageTests
{
    [SkippableFact]
    public void Every_known_pair_across_the_splits_of_COVID_CT_is_a_near_duplicate_or_in_a_publication_across()
    {
        var known = Known("covid-ct");
        var audit = LeakageAudit.Of(Open("covid-ct").Splits, searchNearDuplicates: true);
        Assert.Empty(audit.ExactDuplicatesAcross);
        var near = audit.NearDuplicatesAcross.Select(pair => Key(pair.First.Path, pair.Second.Path)).ToHashSet(StringComparer.Ordinal);
        var spread = audit.GroupsAcross.Select(group => group.Name).ToHashSet(StringComparer.Ordinal);
        var pairs = Pairs(known, "near_duplicate_pairs_across_splits").Concat(Pairs(known, "same_patient_suspected_across_splits"))
            .ToArray();
        Assert.Equal(17, pairs.Length);
        Assert.All(
            pairs,
            pair =>
                Assert.True(
                    near.Contains(Key(pair.A, pair.B)) || spread.Contains(Grouping.CovidCtSeries(pair.A)), $"{pair.A} and {pair.B}"));

        var conflicting = Pairs(known, "near_duplicate_pairs_across_splits").Where(pair => pair.Conflict)
            .Select(pair => Key(pair.A, pair.B)).Order(StringComparer.Ordinal);
        Assert.Equal(
            conflicting,
            audit.ConflictingNearDuplicates.Select(pair => Key(pair.First.Path, pair.Second.Path)).Order(StringComparer.Ordinal));
        Assert.Equal(2, near.Count);

        // The slices that were cut twice, with other borders: they, and no other pair of a publication that is in two parts.
        Assert.True(audit.SearchedCopies);
        string[] cutTwice = ["1 1542", "4 1545", "5 1544", "6 1543", "7 1546"];
        Assert.Equal(
            cutTwice.Select(pair => pair.Split(' '))
                .Select(
                    pair => Key($"CT_COVID/2020.03.22.20040782-p24-1533-{pair[0]}.png", $"CT_COVID/2020.03.22.20040782-p25-{pair[1]}.png")),
            audit.CopiesAcross.Select(pair => Key(pair.First.Path, pair.Second.Path)).Order(StringComparer.Ordinal));
        Assert.All(audit.CopiesAcross, pair => Assert.InRange(pair.Correlation, 0.977, 1));
        Assert.Equal(
            Pairs(known, "near_duplicate_pairs_across_splits").Select(pair => Key(pair.A, pair.B)).Order(StringComparer.Ordinal),
            audit.NearDuplicatesAcross.Concat(audit.CopiesAcross).Select(pair => Key(pair.First.Path, pair.Second.Path))
                .Order(StringComparer.Ordinal));
        Assert.Contains("crops between groups", audit.ToPlainText(), StringComparison.Ordinal);

        // Inside the splits the other search found these by thumbnails (and more by matched features). At .97 exactly, thumbnails that are
        // made otherwise may decide otherwise.
        var inside = known.GetProperty("near_duplicate_pairs_within_a_split").EnumerateArray()
            .Where(pair => pair.GetProperty("ncc").GetDouble() >= 0.97)
            .Select(pair => Key(Relative(pair.GetProperty("a").GetString()!), Relative(pair.GetProperty("b").GetString()!)))
            .ToHashSet(StringComparer.Ordinal);
        Assert.Equal(5, inside.Count);
        Assert.Subset(
            audit.NearDuplicatesWithin.Select(pair => Key(pair.First.Path, pair.Second.Path)).ToHashSet(StringComparer.Ordinal), inside);
        Assert.All(
            audit.NearDuplicatesWithin.Where(pair => !inside.Contains(Key(pair.First.Path, pair.Second.Path))),
            pair => Assert.InRange(pair.Correlation, 0.97, 0.975));
    }

    [SkippableFact]
    public void Publications_across_the_splits_of_COVID_CT_are_counted_by_split()
    {
        var known = Known("covid-ct").GetProperty("publications_across_splits").EnumerateObject()
            .Select(
                item =>
                    new GroupAcross(item.Name, [.. item.Value.EnumerateObject().Select(part => (part.Name, part.Value.GetInt32()))])
                        .ToString());
        var audit = LeakageAudit.Of(Open("covid-ct").Splits);
        Assert.Equal(
            known.Order(StringComparer.Ordinal), audit.GroupsAcross.Select(group => group.ToString()).Order(StringComparer.Ordinal));
        Assert.Contains("2020.03.12.20034686 (train 4, test 2)", audit.ToPlainText(), StringComparison.Ordinal);
        Assert.False(audit.IsClean);
    }

    /// <summary>The origin's metadata knows the patients of the NonCOVID images: <c>manifest.json</c> of the data folder.</summary>
    [SkippableFact]
    public void Groups_of_COVID_CT_join_no_two_NonCOVID_patients_and_what_they_tear_apart_is_inside_one_part()
    {
        var images = Open("covid-ct").Splits.Parts.SelectMany(
            part =>
                part.Dataset.Images.Where(image => image.Label == 1)
                    .Select(image => (Part: part.Name, image.Path, Group: image.Group!))).ToArray();
        var file = Path.Combine(Repository.RealData!, "manifest.json");
        Skip.IfNot(File.Exists(file), "manifest.json is not in the data folder.");
        var patients = JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetProperty("datasets").GetProperty("covid-ct")
            .EnumerateArray()
            .ToDictionary(
                image => Relative(image.GetProperty("path").GetString()!),
                image => image.GetProperty("patient").GetString()!,
                StringComparer.Ordinal);
        Assert.All(
            images.GroupBy(image => image.Group, StringComparer.Ordinal),
            group => Assert.Single(group.Select(image => patients[image.Path]).Distinct(StringComparer.Ordinal)));
        var byPatient = images.GroupBy(image => patients[image.Path], StringComparer.Ordinal).ToArray();
        Assert.Equal((171, 281), (byPatient.Length, images.Select(image => image.Group).Distinct(StringComparer.Ordinal).Count()));
        var torn = byPatient.Where(patient => patient.Select(image => image.Group).Distinct(StringComparer.Ordinal).Count() > 1).ToArray();
        Assert.Equal(53, torn.Length);
        Assert.All(torn, patient => Assert.Single(patient.Select(image => image.Part).Distinct(StringComparer.Ordinal)));
    }

    [SkippableFact]
    public void The_equal_files_of_the_pneumonia_set_are_the_known_groups()
    {
        var known = Known("chest-xray-pneumonia-224").GetProperty("exact_duplicate_groups_within_a_split").EnumerateArray()
            .Select(
                group =>
                    string.Join(" ", group.EnumerateArray().Select(file => Relative(file.GetString()!)).Order(StringComparer.Ordinal)));
        var audit = LeakageAudit.Of(Open("chest-xray-pneumonia").Splits);
        Assert.Equal(
            known.Order(StringComparer.Ordinal),
            audit.ExactDuplicatesWithin.Select(group => string.Join(" ", group.Select(image => image.Path).Order(StringComparer.Ordinal)))
                .Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void The_split_of_the_COVID_XRay_set_is_clean()
    {
        var counts = Known("covid-xray-224").GetProperty("counts");
        var audit = LeakageAudit.Of(Open("covid-xray").Splits, searchNearDuplicates: true);
        Assert.Equal(counts.GetProperty("exact_across_splits").GetInt32(), audit.ExactDuplicatesAcross.Count);
        Assert.Equal(counts.GetProperty("near_across_splits").GetInt32(), audit.NearDuplicatesAcross.Count);
        Assert.Equal(counts.GetProperty("groups_across_splits").GetInt32(), audit.GroupsAcross.Count);
        Assert.Empty(audit.CopiesAcross);
        Assert.True(audit.IsClean);
    }

    [SkippableFact]
    public void The_source_tells_the_class_of_the_COVID_XRay_set()
    {
        var opened = Open("covid-xray");
        var rows = File.ReadLines(Path.Combine(opened.Root, "split.csv")).Skip(1).Select(line => line.Split(',')).ToArray();
        var audit = LeakageAudit.Of(opened.Splits);
        Assert.True(audit.SourceTellsClass);
        Assert.Equal(
            rows.GroupBy(row => row[1], row => row[2].Split(':')[0], StringComparer.Ordinal)
                .Select(item => $"{item.Key}: {string.Join(", ", item.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}")
                .Order(StringComparer.Ordinal),
            audit.SourcesByClass.Select(item => $"{item.ClassName}: {string.Join(", ", item.Sources)}").Order(StringComparer.Ordinal));
        Assert.All(audit.SourcesAcross, source => Assert.Equal(["train", "val", "test"], source.Parts.Select(part => part.Part)));
        Assert.Equal(rows.Length, audit.SourcesAcross.Sum(source => source.Parts.Sum(part => part.Images)));
    }

    [SkippableFact]
    public void A_random_split_of_the_25_set_shares_patients_and_one_by_groups_does_not()
    {
        var known = Root().GetProperty("xray-25").GetProperty("images_per_patient");
        var all = Open("xray-25").All;
        Assert.Equal(
            known.EnumerateObject().Select(patient => patient.Value.GetInt32()).Order(),
            all.Images.Where(image => all.ClassNames[image.Label] == "covid").GroupBy(image => image.Group, StringComparer.Ordinal)
                .Select(group => group.Count()).Order());
        Assert.NotEmpty(LeakageAudit.Of(Splitter.Stratified(all, 1, ("train", 0.8), ("test", 0.2))).GroupsAcross);
        Assert.Empty(LeakageAudit.Of(Splitter.Grouped(all, 1, ("train", 0.8), ("test", 0.2))).GroupsAcross);
    }

    [SkippableFact]
    public void Pictures_that_two_sets_share_are_found_where_both_were_made_of_one_file()
    {
        var known = Root().GetProperty("between_datasets").GetProperty("xray_25_covid_in_covid_xray_224").EnumerateArray()
            .Where(pair => pair.GetProperty("same_file_as_source").GetBoolean())
            .Select(pair => (Relative(pair.GetProperty("xray_25").GetString()!), Relative(pair.GetProperty("covid_xray_224").GetString()!)))
            .ToArray();
        var both = new DatasetSplit(
            "two sets",
            [
                ("xray-25", Open("xray-25").All.Where(image => image.Label == 0)),
                ("covid-xray", Open("covid-xray").All.Where(image => image.Label == 0)),
            ]);
        var found = LeakageAudit.Of(both, searchNearDuplicates: true).NearDuplicatesAcross.Select(
            pair => (pair.First.Path, pair.Second.Path)).ToArray();
        Assert.NotEmpty(known);
        Assert.Equal(known.Order(), found.Order());
    }

    private static IEnumerable<(string A, string B, bool Conflict)> Pairs(JsonElement known, string name) =>
        known.GetProperty(name).EnumerateArray().Select(pair => (
            Relative(pair.GetProperty("a").GetString()!),
            Relative(pair.GetProperty("b").GetString()!),
            pair.TryGetProperty("label_conflict", out var conflict) && conflict.GetBoolean()));

    private static string Key(string a, string b) => string.CompareOrdinal(a, b) < 0 ? $"{a} {b}" : $"{b} {a}";

    private static string Relative(string path) => path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static JsonElement Known(string dataset) => Root().GetProperty(dataset);

    private static JsonElement Root()
    {
        Skip.If(Repository.RealData is null, "The image sets are not here.");
        var file = Path.Combine(Repository.RealData!, "leakage.json");
        Skip.IfNot(File.Exists(file), "leakage.json is not in the data folder.");
        return JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
    }

    private static OpenedDataset Open(string name)
    {
        Skip.If(Repository.RealData is null, "The image sets are not here.");
        var folder = new DataFolder(Repository.RealData!, "a test");
        Skip.If(folder.Find(Datasets.Get(name)) is null, $"{name} is not here.");
        return folder.Open(Datasets.Get(name));
    }
}
