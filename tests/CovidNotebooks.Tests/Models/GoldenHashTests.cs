namespace Tests.Models;

public class GoldenHashTests
{
    [Fact]
    public void The_hash_is_the_one_of_the_golden_files()
    {
        var cases = GoldenCase.Read("hash_vectors.json").GetProperty("cases").EnumerateArray().ToList();
        Assert.NotEmpty(cases);
        foreach (var item in cases)
        {
            Assert.Equal(item.GetProperty("u").GetDouble(), GoldenTensors.Hash(item.GetProperty("i").GetUInt32(), item.GetProperty("p").GetUInt32()));
        }
    }
}
