using System.IO.Compression;
using CovidNotebooks.Models.Weights;
using Tests.Data;
using Tests.Training;
using static TorchSharp.torch;

namespace Tests.Models.Weights;

[Collection(SharedGenerator.Name)]
public sealed class KerasFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Files that h5py wrote, gzipped: soft links that name themselves (in both kinds of group) and each other.</summary>
    public static TheoryData<string, string> LinksWithoutEnd => new()
    {
        {
            "itself, old groups",
            "H4sIAOv4DGsC/+v0cHHj5ZLiYgABDg4GFgYBBmTwHwoKOFD5MPkEKM0IpTug9AommDgjWE4CKi4INR9dXUiQqytI9X80ALPnASuE5mAYBSMReL"
                + "g6BoDoCCgflkpPMKGqS87PK0NOjx4U2osr/XowQ/gZrMSlXw320fQ7mn4R6VcBVl6yYk+/+iCGPoyHSM8WJNob7OfvAkrBsHSnwIxqHno6HgXE"
                + "hSMsfzOhlUejAD8AACeAJrpwCAAA"
        },
        {
            "itself, new groups",
            "H4sIAOv4DGsC/+v0cHHj5ZLiYubgYICB/1AQxgjhG0DFzYJrrvt7uAQxKbz+wZONjCuYhJA1wgAXEwPQCDZ+BiDFkpyfV3YYZoUrA3XAcueeOe"
                + "Q4SQToJA5GsJu4GPRBFJhgcKDcSYr+2ssB8o5ZCFYBAAA="
        },
        {
            "each other",
            "H4sIAOv4DGsC/+v0cHHj5ZLiYgABDg4GFgYBBmTwHwoKOFD5MPkEKM0IpTug9AommDgjWE4CKi4INR9dXUiQqytI9X80ALPnASuE5mAYBSMReL"
                + "g6BoDoCCgflkpPMKGqS87PK0NOjx4U2osr/XowQ/gZrMSlXw12CC0xGpWj6ReUHmDlJSuqukQorQ9KyPpJDEko/ER4ujYg0t5gP38XUAqGlZsK"
                + "zKjlNXo6HgX4wpEJHo6w/M2EVh7BgAQOdQojPBwB0K7JVnAIAAA="
        },
    };

    [Theory]
    [MemberData(nameof(LinksWithoutEnd))]
    public void Links_that_lead_to_themselves_are_refused_and_end_no_process(string which, string gzipped)
    {
        var path = Path.Combine(folder.Path, which + ".h5");
        using (var packed = new GZipStream(new MemoryStream(Convert.FromBase64String(gzipped)), CompressionMode.Decompress))
        using (var file = File.Create(path))
        {
            packed.CopyTo(file);
        }

        var message = Assert.Throws<WeightsException>(() => KerasFile.Read(path)).Message;
        Assert.Contains("was not loaded", message, StringComparison.Ordinal);
        Assert.Equal(which == "itself, new groups", message.Contains("a link to another name", StringComparison.Ordinal));
    }

    [Fact]
    public void Axes_names_and_statistics_are_turned_into_torchs()
    {
        // A kernel whose every number says where it stands: rows, columns, inputs, outputs.
        var kernel = new float[2, 3, 4, 5];
        var places =
            from r in Enumerable.Range(0, 2)
            from c in Enumerable.Range(0, 3)
            from i in Enumerable.Range(0, 4)
            from o in Enumerable.Range(0, 5)
            select (r, c, i, o);
        foreach (var (r, c, i, o) in places)
        {
            kernel[r, c, i, o] = (1000 * r) + (100 * c) + (10 * i) + o;
        }

        var path = KerasFiles.Write(folder.Path, "layers.h5", new Dictionary<string, Dictionary<string, Array>>
        {
            ["convolution"] = new() { ["kernel:0"] = kernel, ["bias:0"] = new float[] { 1, 2, 3, 4, 5 } },
            ["normalization"] = new()
            {
                ["gamma:0"] = new[] { 1f },
                ["beta:0"] = new[] { 2f },
                ["moving_mean:0"] = new[] { 3f },
                ["moving_variance:0"] = new[] { 4f },
            },
            ["dense"] = new() { ["kernel:0"] = new float[,] { { 1, 2, 3 }, { 4, 5, 6 } } },
        });
        using var file = KerasFile.Read(path);
        var weight = file.Layers["convolution"]["weight"];
        Assert.Equal([5, 4, 2, 3], weight.shape);
        Assert.Equal(1234 - 1000 + 1000, weight[4, 3, 1, 2].item<float>());
        Assert.Equal(21, weight[1, 2, 0, 0].item<float>());
        Assert.Equal([1, 4, 2, 5, 3, 6], GoldenTensors.Values(file.Layers["dense"]["weight"]));
        Assert.Equal(
            ["weight 1", "bias 2", "running_mean 3", "running_var 4"],
            new[] { "weight", "bias", "running_mean", "running_var" }.Select(
                role => $"{role} {file.Layers["normalization"][role].item<float>()}"));
    }

    [Fact]
    public void A_convolution_read_from_Keras_gives_what_its_definition_gives()
    {
        // One pixel of a 2 x 2 picture through a 2 x 2 kernel, by hand: 1*10 + 2*20 + 3*30 + 4*40, plus .5.
        var path = KerasFiles.Write(folder.Path, "one.h5", new Dictionary<string, Dictionary<string, Array>>
        {
            ["c"] = new()
            {
                ["c_W_1:0"] = new float[,,,] { { { { 10 } }, { { 20 } } }, { { { 30 } }, { { 40 } } } },
                ["c_b_1:0"] = new[] { .5f },
            },
        });
        using var file = KerasFile.Read(path);
        using var scope = NewDisposeScope();
        var result = nn.functional.conv2d(
            tensor(new float[] { 1, 2, 3, 4 }).reshape(1, 1, 2, 2), file.Layers["c"]["weight"], file.Layers["c"]["bias"]);
        Assert.Equal(300.5f, result.item<float>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_networks_take_a_file_of_their_layers_whole(bool resNet)
    {
        var weights = resNet ? PretrainedWeights.KerasResNet50 : PretrainedWeights.KerasVgg16;
        using var from = KerasFiles.Trunk(weights.Network, seed: 3);
        var path = KerasFiles.Write(folder.Path, weights, from);
        using var into = KerasFiles.Trunk(weights.Network, seed: 4);
        weights.Load(into, path);
        using var scope = NewDisposeScope();
        var (expected, found) = (from.state_dict(), into.state_dict());
        Assert.All(
            expected.Where(pair => !pair.Key.EndsWith("tracked", StringComparison.Ordinal)),
            pair => Assert.True(pair.Value.equal(found[pair.Key]).all().item<bool>(), pair.Key));
        from.eval();
        into.eval();
        var images = rand(1, 3, 64, 64);
        Assert.Equal(GoldenTensors.Values(from.call(images)), GoldenTensors.Values(into.call(images)));
    }

    [Fact]
    public void A_file_of_another_network_lists_every_difference_and_changes_nothing()
    {
        var path = KerasFiles.Write(folder.Path, "other.h5", new Dictionary<string, Dictionary<string, Array>>
        {
            ["block1_conv1"] = new() { ["kernel:0"] = new float[3, 3, 3, 63], ["bias:0"] = new float[64] },
            ["fc1"] = new() { ["kernel:0"] = new float[2, 2] },
        });
        using var trunk = KerasFiles.Trunk(PretrainedNetwork.Vgg16, seed: 1);
        var before = GoldenTensors.Values(trunk.parameters().Skip(1).First());
        var error = Assert.Throws<WeightsException>(() => PretrainedWeights.KerasVgg16.Load(trunk, path)).Message;
        Assert.Contains(
            "other shape or type: 0.weight is Float32 [63, 3, 3, 3], the model has Float32 [64, 3, 3, 3]", error, StringComparison.Ordinal);
        Assert.Contains("not in the model: Keras layer fc1.weight", error, StringComparison.Ordinal);
        Assert.Equal(24, error.Split('\n').Count(line => line.StartsWith("missing: ", StringComparison.Ordinal)));
        Assert.Equal(before, GoldenTensors.Values(trunk.parameters().Skip(1).First()));
    }

    [Fact]
    public void What_is_no_file_of_layers_is_refused()
    {
        Dictionary<string, Dictionary<string, Array>> Layer(string name, Array numbers) => new() { ["c"] = new() { [name] = numbers } };
        foreach (
            var (name, layers, said) in new[]
            {
                ("double.h5", Layer("kernel:0", new double[2, 2]), "32-bit floats"),
                ("name.h5", Layer("momentum:0", new float[2]), "none of kernel, bias"),
                ("whole.h5", Layer("kernel:0", new int[2, 2]), "32-bit floats"),
            })
        {
            Assert.Contains(
                said,
                Assert.Throws<WeightsException>(() => KerasFile.Read(KerasFiles.Write(folder.Path, name, layers))).Message,
                StringComparison.Ordinal);
        }

        var text = Path.Combine(folder.Path, "text.h5");
        File.WriteAllText(text, "no HDF5");
        Assert.Throws<WeightsException>(() => KerasFile.Read(text));
        Assert.Throws<FileNotFoundException>(() => KerasFile.Read(Path.Combine(folder.Path, "nothing.h5")));
        Assert.Contains(
            "is an HDF5 file",
            Assert.Throws<WeightsException>(
                () =>
                    ModelWeights.Load(
                        nn.Linear(1, 1), KerasFiles.Write(folder.Path, "good.h5", Layer("kernel:0", new float[2, 2])))).Message,
            StringComparison.Ordinal);
    }

    [SkippableFact]
    public void What_h5py_writes_in_Keras_layout_is_read()
    {
        Python.SkipWithout("h5py");
        var path = Path.Combine(folder.Path, "h5py.h5");
        var sums = Python.Run($"""
            import h5py, numpy as np
            rng = np.random.RandomState(1)
            with h5py.File(r"{path}", "w") as f:
                f.attrs["layer_names"] = [b"block1_conv1", b"pool", b"bn"]
                g = f.create_group("block1_conv1"); g.attrs["weight_names"] = [b"block1_conv1_W_1:0"]
                k = rng.standard_normal((3, 3, 3, 8)).astype("float32")
                g.create_dataset("block1_conv1_W_1:0", data=k); g.create_dataset("block1_conv1_b_1:0", data=np.arange(8, dtype="float32"))
                f.create_group("pool")
                b = f.create_group("bn").create_group("bn")
                for n in ("gamma", "beta", "moving_mean", "moving_variance"): b.create_dataset(n + ":0", data=np.ones(4, "float32"))
            print(" ".join(repr(float(v)) for v in k.transpose(3, 2, 0, 1).flatten()))
            """);
        using var file = KerasFile.Read(path);
        Assert.Equal(["block1_conv1", "bn"], file.Layers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            sums.Split(' ').Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)),
            GoldenTensors.Values(file.Layers["block1_conv1"]["weight"]));
    }
}
