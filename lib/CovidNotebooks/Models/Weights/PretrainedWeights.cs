using System.Security.Cryptography;
using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using static TorchSharp.torch;

namespace CovidNotebooks.Models.Weights;

/// <summary>
/// Weights that others trained on ImageNet: where they come from, under which terms, what they expect of their input. The file is read in
/// the form in which its makers publish it, and reading it runs nothing.
/// </summary>
/// <param name="Name">What <c>kit weights get</c> calls them.</param>
/// <param name="Title">What they are.</param>
/// <param name="Network">Whose weights.</param>
/// <param name="Form">In whose form.</param>
/// <param name="FileName">The file that their makers publish.</param>
/// <param name="Origin">Where the file is: its address, or that of the NuGet package that holds it.</param>
/// <param name="HashAlgorithm">Of which digest the makers publish: <c>SHA-256</c> or <c>MD5</c>.</param>
/// <param name="Digest">The digest, or as many of its first hexadecimal digits as are published.</param>
/// <param name="SourcePage">The page that documents them.</param>
/// <param name="Licence">Terms, in plain words.</param>
/// <param name="Notebook">The notebook that uses them.</param>
/// <param name="Normalization">What they expect of the pixels.</param>
/// <param name="Interpolation">How their makers resize images.</param>
public sealed record PretrainedWeights(
    string Name,
    string Title,
    PretrainedNetwork Network,
    WeightsForm Form,
    string FileName,
    Uri Origin,
    string HashAlgorithm,
    string Digest,
    string SourcePage,
    string Licence,
    string Notebook,
    PixelNormalization Normalization,
    Interpolation Interpolation)
{
    /// <summary>The folder of weights in a data folder.</summary>
    public const string Folder = "weights";

    /// <summary>Rows and columns of the images that all of them were trained on.</summary>
    public const int InputSize = 224;

    /// <summary>VGG16 of Keras without its top: document 1's.</summary>
    public static PretrainedWeights KerasVgg16 { get; } = Keras(
        "vgg16-keras",
        PretrainedNetwork.Vgg16,
        "vgg16",
        "6d6bbae143d832006294945121d1f1fc",
        "vgg",
        "Creative Commons Attribution (VGG, Oxford)",
        "01");

    /// <summary>VGG16 of torchvision, <c>IMAGENET1K_V1</c>.</summary>
    public static PretrainedWeights TorchvisionVgg16 { get; } = Torchvision(
        "vgg16-torchvision", PretrainedNetwork.Vgg16, "vgg16-397923af.pth", "IMAGENET1K_V1", "vgg16", "01");

    /// <summary>VGG19 with batch normalisation of torchvision, <c>IMAGENET1K_V1</c>: document 3's.</summary>
    public static PretrainedWeights TorchvisionVgg19BatchNorm { get; } =
        Torchvision("vgg19bn-torchvision", PretrainedNetwork.Vgg19BatchNorm, "vgg19_bn-c79401a0.pth", "IMAGENET1K_V1", "vgg19_bn", "03");

    /// <summary>ResNet50 of Keras without its top: document 4's.</summary>
    public static PretrainedWeights KerasResNet50 { get; } = Keras(
        "resnet50-keras", PretrainedNetwork.ResNet50, "resnet50", "4d473c1dd8becc155b73f8504c6f6626", "resnet", "MIT (He et al.)", "04");

    /// <summary>ResNet50 of torchvision, <c>IMAGENET1K_V1</c>; its stride is on the 3 × 3 convolution.</summary>
    public static PretrainedWeights TorchvisionResNet50 { get; } =
        Torchvision("resnet50-torchvision-v1", PretrainedNetwork.ResNet50, "resnet50-0676ba61.pth", "IMAGENET1K_V1", "resnet50", "04");

    /// <summary>ResNet50 of torchvision, <c>IMAGENET1K_V2</c>: the same network, trained longer.</summary>
    public static PretrainedWeights TorchvisionResNet50V2 { get; } =
        Torchvision("resnet50-torchvision-v2", PretrainedNetwork.ResNet50, "resnet50-11ad3fa6.pth", "IMAGENET1K_V2", "resnet50", "04");

    /// <summary>
    /// ResNet18 of CNTK out of the NuGet package Microsoft.ML.DnnImageFeaturizer.ResNet18: it stands in where a document's own network has
    /// no weights.
    /// </summary>
    public static PretrainedWeights ImageNetResNet18 { get; } = new(
        "resnet18-imagenet",
        $"ResNet18, CNTK, ImageNet (package {NuGetPackage.ResNet18.Id} {NuGetPackage.ResNet18.Version})",
        PretrainedNetwork.ResNet18,
        WeightsForm.Onnx,
        "ResNet18.onnx",
        new Uri($"https://www.nuget.org/packages/{NuGetPackage.ResNet18.Id}/{NuGetPackage.ResNet18.Version}"),
        "SHA-256",
        "e2552f19db2dfdb01b3669537b6a0f1b44da38d18279535492ed5dfc2ef1ff8f",
        "https://www.nuget.org/packages/Microsoft.ML.DnnImageFeaturizer.ResNet18",
        "MIT (the package); ImageNet's own terms: non-commercial research",
        "01, 03, 04",
        new PixelNormalization(Bgr: true, 1, [114.4211, 123.8862, 125.1021], [1, 1, 1]),
        Interpolation.PilBilinear);

    /// <summary>All records: for each network the document's own form first.</summary>
    public static IReadOnlyList<PretrainedWeights> All { get; } =
        [
            KerasVgg16,
            TorchvisionVgg16,
            TorchvisionVgg19BatchNorm,
            KerasResNet50,
            TorchvisionResNet50,
            TorchvisionResNet50V2,
            ImageNetResNet18,
        ];

    /// <summary>The record of a name.</summary>
    /// <exception cref="WeightsException">There is none; the message names all.</exception>
    public static PretrainedWeights Get(string name) =>
        All.FirstOrDefault(weights =>
            string.Equals(weights.Name, name, StringComparison.OrdinalIgnoreCase)
                || string.Equals(weights.FileName, name, StringComparison.Ordinal))
        ?? throw new WeightsException(
            $"There are no weights called '{name}'. There are {string.Join(", ", All.Select(weights => weights.Name))}.");

    /// <summary>The folders that weights may be in, the first one first.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="workingFolder">The project is looked for from here upwards.</param>
    public static IReadOnlyList<string> Folders(DataFolder folder, string workingFolder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var project = DataFolder.Resolve(directory: null, _ => null, workingFolder);
        return [.. new[] { Path.Combine(folder.Root, Folder), Path.Combine(project.Root, Folder) }.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Looks for the file in <c>weights</c> of the data folder, then of the project's own.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="workingFolder">The project is looked for from here upwards; default: the process' own folder.</param>
    public PretrainedWeightsSearch Find(DataFolder folder, string workingFolder = ".") =>
        new(this, Folders(folder, workingFolder).Select(place => Path.Combine(place, FileName)).FirstOrDefault(File.Exists));

    /// <summary>Whether a file has the digest that its makers publish.</summary>
    /// <param name="path">The file, wherever it is and whatever it is called.</param>
    public bool IsPublishedFile(string path)
    {
        using var stream = File.OpenRead(path);
        var hash = string.Equals(HashAlgorithm, "MD5", StringComparison.Ordinal) ? MD5.HashData(stream) : SHA256.HashData(stream);
        return Convert.ToHexStringLower(hash).StartsWith(Digest, StringComparison.Ordinal);
    }

    /// <summary>
    /// Fills a trunk: the network's layers without its top. Names, shapes and types are compared first; only when all agree is anything
    /// changed.
    /// </summary>
    /// <param name="trunk">For example <see cref="NetworkOnTrunk.Trunk"/>, or what <see cref="PretrainedTrunk.Create"/> gives.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="WeightsException">
    /// The file is not valid, or is of another network; the message lists every difference. The trunk is unchanged.
    /// </exception>
    public void Load(nn.Module trunk, string path)
    {
        ArgumentNullException.ThrowIfNull(trunk);
        var (prefix, top) = (Network, Form) switch
        {
            (PretrainedNetwork.Vgg16 or PretrainedNetwork.Vgg19BatchNorm, WeightsForm.Torchvision) => ("features.", "classifier."),
            (PretrainedNetwork.ResNet50, WeightsForm.Torchvision) => ("", "fc."),
            _ => ("", null),
        };
        Fill(
            trunk,
            path,
            name =>
                top is not null && name.StartsWith(top, StringComparison.Ordinal) ? null
                : name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..]
                : name);
    }

    /// <summary>
    /// Fills a model; a rule says what the model calls a tensor of the file, or null for one that it does without; what is to be kept stays
    /// as it is.
    /// </summary>
    internal void Fill(nn.Module model, string path, Func<string, string?> nameInModel, Predicate<string>? keep = null)
    {
        try
        {
            using var content = PretrainedState.Read(this, path);
            using var scope = NewDisposeScope();
            var state = model.state_dict();
            var tensors = content.Tensors.Select(pair => (Name: nameInModel(pair.Key), pair.Value)).Where(pair => pair.Name is not null)
                .ToDictionary(pair => pair.Name!, pair => pair.Value, StringComparer.Ordinal);

            // Counters of batches are missing in older and in other frameworks' files; with a momentum nothing reads them.
            foreach (var (name, tensor) in state.Where(
                pair => pair.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal) || keep?.Invoke(pair.Key) == true))
            {
                tensors.TryAdd(name, tensor);
            }

            ModelWeights.Copy(tensors, model);
        }
        catch (WeightsException error)
        {
            throw new WeightsException(
                $"'{Path.GetFileName(path)}' was not loaded into {model.GetName()} as {Title}. {error.Message}", error);
        }
    }

    private static PretrainedWeights Torchvision(
        string name, PretrainedNetwork network, string file, string version, string page, string notebook) => new(
        name,
        $"{PretrainedTrunk.NameOf(network)}, torchvision, {version}",
        network,
        WeightsForm.Torchvision,
        file,
        new Uri($"https://download.pytorch.org/models/{file}"),
        "SHA-256",
        Path.GetFileNameWithoutExtension(file).Split('-')[^1],
        $"https://docs.pytorch.org/vision/stable/models/generated/torchvision.models.{page}.html",
        "torchvision: BSD 3-Clause; ImageNet's own terms: non-commercial research",
        notebook,
        PixelNormalization.ImageNet,
        Interpolation.PilBilinear);

    private static PretrainedWeights Keras(
        string name, PretrainedNetwork network, string file, string md5, string page, string licence, string notebook) => new(
        name,
        $"{PretrainedTrunk.NameOf(network)}, Keras, ImageNet, without top",
        network,
        WeightsForm.Keras,
        $"{file}_weights_tf_dim_ordering_tf_kernels_notop.h5",
        new Uri("https://storage.googleapis.com/tensorflow/keras-applications/"
            + $"{(network == PretrainedNetwork.Vgg16 ? "vgg16" : "resnet")}/{file}_weights_tf_dim_ordering_tf_kernels_notop.h5"),
        "MD5",
        md5,
        $"https://keras.io/api/applications/{page}/",
        licence,
        notebook,
        PixelNormalization.KerasCaffe,
        Interpolation.PilNearest);
}
