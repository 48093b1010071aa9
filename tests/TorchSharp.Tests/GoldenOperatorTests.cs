using System.Reflection;
using System.Text.Json;
using Tests.Shared;
using TorchSharp.Native;

namespace Tests.Torch;

/// <summary>Every operator that the offline TorchSharp binds gives PyTorch's values and gradients.</summary>
[Collection("one at a time")]
public class GoldenOperatorTests
{
    private static string Folder => Path.Combine(Repository.Root, "tests", "golden-torch");

    public static TheoryData<string> Files() => [.. FileNames];

    private static IEnumerable<string> FileNames => Directory.GetFiles(Folder, "tensor_*.json").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Files))]
    public void Methods_give_what_PyTorch_gives(string file)
    {
        var failures = new List<string>();
        foreach (var golden in Cases(file))
        {
            try
            {
                golden.Check();
            }
            catch (Exception failure)
            {
                failures.Add(failure.Message);
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public void No_operator_is_bound_without_a_golden_value()
    {
        foreach (var golden in FileNames.SelectMany(Cases))
        {
            golden.Check();
        }

        // What a golden file cannot hold is tested elsewhere in this project.
        string[] elsewhere = ["empty.memory_format", "empty_like", "empty_strided", "index.Tensor", "index_put_", "equal", "_local_scalar_dense", "to.device", "to.dtype_layout", "slice.Tensor", "normal.float_float"];
        var unused = typeof(Op).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(field => field.GetValue(null)).OfType<Operator>()
            .Where(bound => !bound.WasCalled && !elsewhere.Contains(bound.Name))
            .Select(bound => bound.Name);
        Assert.Empty(unused);
    }

    private static IEnumerable<GoldenOperator> Cases(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file)));
        var cases = document.RootElement.Clone().GetProperty("cases");
        Assert.NotEqual(0, cases.GetArrayLength());
        return [.. cases.EnumerateArray().Select(json => new GoldenOperator(json))];
    }
}
