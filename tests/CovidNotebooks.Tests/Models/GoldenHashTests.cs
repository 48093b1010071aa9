namespace Tests.Models;

[Trait("Category", "Golden")]
public class GoldenHashTests
{
    public static TheoryData<string> Files => GoldenCase.Files("", "hash_vectors");

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void The_hash_is_the_one_of_the_golden_files(string file)
    {
        var cases = GoldenCase.Read(file).GetProperty("cases").EnumerateArray().ToList();
        Assert.NotEmpty(cases);
        foreach (var item in cases)
        {
            Assert.Equal(
                item.GetProperty("u").GetDouble(),
                GoldenTensors.Hash(item.GetProperty("i").GetUInt32(), item.GetProperty("p").GetUInt32()));
        }
    }
}
