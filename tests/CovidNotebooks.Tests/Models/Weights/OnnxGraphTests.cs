using CovidNotebooks.Models.Weights;
using Tests.Data;

namespace Tests.Models.Weights;

public sealed class OnnxGraphTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Nodes_and_numbers_are_read()
    {
        using var graph = Read(OnnxFiles.Model([("Conv", ["x", "w"]), ("Relu", ["y"])], [("w", [2, 3]), ("scalar", [])]));
        Assert.Equal(["Conv x,w", "Relu y"], graph.Nodes.Select(node => $"{node.Operator} {string.Join(',', node.Inputs)}"));
        Assert.Equal([2, 3], graph.Initializers["w"].shape);
        Assert.Equal([0, 1, 2, 3, 4, 5], GoldenTensors.Values(graph.Initializers["w"]));
        Assert.Empty(graph.Initializers["scalar"].shape);
    }

    [Fact]
    public void What_a_file_claims_is_compared_with_what_it_holds()
    {
        byte[] good = OnnxFiles.Initializer("w", [2, 3]);
        byte[] Graph(byte[] initializer) => OnnxFiles.Bytes(7, OnnxFiles.Bytes(5, initializer));
        foreach (var (model, said) in new (byte[], string)[]
        {
            ([], "no graph"),
            ([.. Graph(good), .. Graph(good)], "two graphs"),
            (Graph([.. good, .. OnnxFiles.Number(1, 4)]), "not kept as raw 32-bit floats"),
            (
                Graph(
                    [
                        .. OnnxFiles.Number(1, int.MaxValue),
                        .. OnnxFiles.Number(1, int.MaxValue),
                        .. OnnxFiles.Number(1, int.MaxValue),
                        .. OnnxFiles.Number(2, 1),
                    ]),
                "not kept as raw 32-bit floats"),
            (Graph([.. good, .. OnnxFiles.Bytes(9, [1])]), "its numbers twice"),
            (OnnxFiles.Bytes(7, [.. OnnxFiles.Bytes(5, good), .. OnnxFiles.Bytes(5, good)]), "'w' twice"),
            ([(7 << 3) | 2, 0xff, 0xff, 0xff, 0xff, 0x7f], "goes beyond"),
            ([.. Enumerable.Repeat((byte)0xff, 20)], "more than 64 bits"),
        })
        {
            Assert.Contains(said, Assert.Throws<WeightsException>(() => Read(model)).Message, StringComparison.Ordinal);
        }

        var whole = OnnxFiles.Model([("Conv", ["x", "w"])], [("w", [2, 3])]);
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Throws<WeightsException>(() => Read(whole[..length])));
    }

    private OnnxGraph Read(byte[] model)
    {
        var path = Path.Combine(folder.Path, "model.onnx");
        File.WriteAllBytes(path, model);
        return OnnxGraph.Read(path);
    }
}
