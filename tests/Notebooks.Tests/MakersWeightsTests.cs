using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Headless;
using Tests.Shared;
using Xunit.Abstractions;

namespace Tests.Notebooks;

/// <summary>
/// Documents 1, 3 and 4 on weights in the form of their makers: files with the published names and layouts, written by a cell of the kit
/// itself and filled with random numbers. The notebooks read them with nothing converted, and say that they are not the published files.
/// </summary>
public sealed class MakersWeightsTests(ITestOutputHelper output) : IDisposable
{
    private const string Keras = """
        Array Numbers(Tensor tensor)
        {
            using var read = tensor.detach().contiguous().data<float>();
            var shaped = Array.CreateInstance(typeof(float), tensor.shape);
            Buffer.BlockCopy(read.ToArray(), 0, shaped, 0, checked((int)tensor.numel() * 4));
            return shaped;
        }

        void Write(nn.Module trunk, IEnumerable<(string Keras, string Torch)> names, string path)
        {
            var (state, file) = (trunk.state_dict(), new H5File());
            foreach (var (keras, torch) in names)
            {
                var weight = state[torch + ".weight"];
                var convolution = weight.dim() == 4;
                var group = new H5Group
                {
                    [convolution ? "kernel:0" : "gamma:0"] = Numbers(convolution ? weight.permute(2, 3, 1, 0) : weight),
                    [convolution ? "bias:0" : "beta:0"] = Numbers(state[torch + ".bias"]),
                };
                if (!convolution)
                {
                    group["moving_mean:0"] = Numbers(state[torch + ".running_mean"]);
                    group["moving_variance:0"] = Numbers(state[torch + ".running_var"]);
                }

                file[keras] = new H5Group { [keras] = group };
            }

            file.Write(path);
        }

        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("makers-weights-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [LongTheory]
    [InlineData(
        "01-vgg16-xray.ipynb",
        "VGG16 with the weights of a file vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
        Keras + """
            string[] layers = ["1_conv1 0", "1_conv2 2", "2_conv1 5", "2_conv2 7", "3_conv1 10", "3_conv2 12", "3_conv3 14",
                "4_conv1 17", "4_conv2 19", "4_conv3 21", "5_conv1 24", "5_conv2 26", "5_conv3 28"];
            var names = layers.Select(layer => ("block" + layer.Split(' ')[0], layer.Split(' ')[1]));
            Write(new CovidXrayVgg16(5).Trunk, names, folder + "/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5");
            """)]
    [InlineData(
        "03-vgg19bn-ct.ipynb",
        "VGG19-BN with the weights of a file vgg19_bn-c79401a0.pth",
        """ModelWeights.Save(Vgg.Vgg19BatchNorm(1000, 5), folder + "/vgg19_bn-c79401a0.pth");""")]
    [InlineData(
        "04-resnet50-xray.ipynb",
        "ResNet50 with the weights of a file resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5",
        Keras + """
            var names = new List<(string, string)> { ("conv1_conv", "conv1"), ("conv1_bn", "bn1") };
            foreach (var (stack, blocks) in new[] { (2, 3), (3, 4), (4, 6), (5, 3) })
            {
                for (var block = 1; block <= blocks; block++)
                {
                    for (var i = block == 1 ? 0 : 1; i < 4; i++)
                    {
                        var (keras, torch) = ($"conv{stack}_block{block}_{i}", $"layer{stack - 1}.{block - 1}.");
                        names.Add((keras + "_conv", torch + (i == 0 ? "downsample.0" : $"conv{i}")));
                        names.Add((keras + "_bn", torch + (i == 0 ? "downsample.1" : $"bn{i}")));
                    }
                }
            }

            Write(new ResNet50(null, ResNetForm.Keras, 5), names, folder + "/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5");
            """)]
    public async Task Runs_on_a_file_as_its_makers_lay_it_out(string name, string said, string write)
    {
        var weights = folder.CreateSubdirectory("weights").FullName;
        var bin = Path.Combine(Repository.Root, "lib", "bin");
        await Run(
            Notebook(
                $"#r \"{bin}/CovidNotebooks.dll\"\n#r \"{bin}/TorchSharp.dll\"\n#r \"{bin}/PureHDF.dll\"\nusing "
                    + "CovidNotebooks.Models;\nusing CovidNotebooks.Models.Weights;\nusing PureHDF;\nusing static TorchSharp.torch;\nvar "
                    + $"folder = \"{weights}\";\n{write}"),
            "written.ipynb",
            []);
        Assert.NotEmpty(Directory.GetFiles(weights));
        var notebook = CommittedNotebook.Read(name);
        var outputs = await Run(
            notebook.Path,
            name,
            new Dictionary<string, string>(notebook.PhantomProfile!, StringComparer.Ordinal)
            {
                ["data"] = folder.FullName,
                ["runs"] = Path.Combine(folder.FullName, "runs"),
            });
        Assert.Contains(outputs, item => CommittedNotebook.Data(item, "text/plain")?.Contains(said, StringComparison.Ordinal) == true);
        Assert.NotEmpty(Directory.GetFiles(folder.FullName, "predictions.csv", SearchOption.AllDirectories));
    }

    private string Notebook(string code)
    {
        var path = Path.Combine(folder.FullName, "write.ipynb");
        File.WriteAllText(path, new JsonObject
        {
            ["cells"] = new JsonArray(
                new JsonObject
                {
                    ["cell_type"] = "code",
                    ["execution_count"] = null,
                    ["id"] = "write",
                    ["metadata"] = new JsonObject(),
                    ["outputs"] = new JsonArray(),
                    ["source"] = code,
                }),
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString());
        return path;
    }

    private async Task<IReadOnlyList<JsonObject>> Run(string path, string name, Dictionary<string, string> parameters)
    {
        var result = await NotebookRunner.RunAsync(
            new HeadlessOptions
            {
                NotebookPath = path,
                OutputPath = Path.Combine(folder.FullName, "out-" + name),
                Parameters = parameters,
                TimeLimit = TimeSpan.FromMinutes(20),
                DrawCharts = false,
            },
            new RunObserver());
        output.WriteLine($"{name}: {result.Duration.TotalSeconds:F1} s");
        Assert.True(
            result.Status == RunStatus.Succeeded,
            $"{result.Status} in {result.FailedCell?.Title}: {string.Join('\n', result.Error?.Traceback ?? [])}");
        return [.. new CommittedNotebook(result.OutputPath).Outputs];
    }
}
