using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using static TorchSharp.torch;

namespace CovidNotebooks.Models;

/// <summary>
/// Weights that others trained on ImageNet: where they come from, under which terms, and what they expect of their input. They are read from a safetensors
/// file, never from a pickle, because reading one must not run code; <c>data/README.md</c> says how to convert them.
/// </summary>
/// <param name="Name">What they are.</param>
/// <param name="SourceFile">The file that their makers publish.</param>
/// <param name="SourceDigest">What is known of that file's digest, with its kind: torchvision puts the first eight digits of the SHA-256 into the name, Keras publishes an MD5.</param>
/// <param name="SourcePage">The page that documents them.</param>
/// <param name="Licence">Terms, in plain words.</param>
/// <param name="InputSize">Rows and columns of the images that they were trained on.</param>
/// <param name="Normalization">What they expect of the pixels.</param>
/// <param name="Interpolation">How their makers resize images.</param>
/// <param name="TrunkPrefix">What stands before the trunk's names in the file.</param>
public sealed record PretrainedWeights(
    string Name,
    string SourceFile,
    string SourceDigest,
    string SourcePage,
    string Licence,
    int InputSize,
    PixelNormalization Normalization,
    Interpolation Interpolation,
    string TrunkPrefix)
{
    private const string Folder = "weights";
    private const string TorchvisionLicence = "torchvision: BSD 3-Clause; ImageNet's own terms: non-commercial research";

    /// <summary>VGG16 of torchvision, <c>IMAGENET1K_V1</c>.</summary>
    public static PretrainedWeights TorchvisionVgg16 { get; } = Torchvision("VGG16, torchvision, IMAGENET1K_V1", "vgg16-397923af.pth", "vgg16", "features.");

    /// <summary>VGG19 with batch normalisation of torchvision, <c>IMAGENET1K_V1</c>.</summary>
    public static PretrainedWeights TorchvisionVgg19BatchNorm { get; } = Torchvision("VGG19-BN, torchvision, IMAGENET1K_V1", "vgg19_bn-c79401a0.pth", "vgg19_bn", "features.");

    /// <summary>ResNet50 of torchvision, <c>IMAGENET1K_V1</c>; its stride is on the 3 × 3 convolution.</summary>
    public static PretrainedWeights TorchvisionResNet50 { get; } = Torchvision("ResNet50, torchvision, IMAGENET1K_V1", "resnet50-0676ba61.pth", "resnet50", string.Empty);

    /// <summary>VGG16 of Keras without its top: document 1's.</summary>
    public static PretrainedWeights KerasVgg16 { get; } = Keras(
        "VGG16, Keras, ImageNet, without top", "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5", "6d6bbae143d832006294945121d1f1fc", "vgg", "Creative Commons Attribution (VGG, Oxford)", "features.");

    /// <summary>ResNet50 of Keras without its top: document 4's.</summary>
    public static PretrainedWeights KerasResNet50 { get; } = Keras(
        "ResNet50, Keras, ImageNet, without top", "resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5", "4d473c1dd8becc155b73f8504c6f6626", "resnet", "MIT (He et al.)", string.Empty);

    /// <summary>All records.</summary>
    public static IReadOnlyList<PretrainedWeights> All { get; } = [TorchvisionVgg16, TorchvisionVgg19BatchNorm, TorchvisionResNet50, KerasVgg16, KerasResNet50];

    /// <summary>The name of the converted file.</summary>
    public string FileName => Path.ChangeExtension(SourceFile, ".safetensors");

    /// <summary>Looks for the converted file in <c>weights</c> of the data folder, then of the project's own.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="workingFolder">The project is looked for from here upwards; default: the process' own folder.</param>
    public PretrainedWeightsSearch Find(DataFolder folder, string workingFolder = ".")
    {
        ArgumentNullException.ThrowIfNull(folder);
        var project = DataFolder.Resolve(directory: null, _ => null, workingFolder);
        string[] candidates = [Path.Combine(folder.Root, Folder, FileName), Path.Combine(project.Root, Folder, FileName)];
        return new PretrainedWeightsSearch(this, candidates.FirstOrDefault(File.Exists));
    }

    /// <summary>Fills a trunk. Names, shapes and types are compared first; only when all agree is anything changed.</summary>
    /// <param name="trunk">The layers without a head, for example <see cref="CovidXrayVgg16.Trunk"/>.</param>
    /// <param name="path">The converted file.</param>
    /// <exception cref="SafetensorsException">The file is not valid, is of another network, or says that it was made of another file; the trunk is unchanged.</exception>
    public void Load(nn.Module trunk, string path)
    {
        ArgumentNullException.ThrowIfNull(trunk);
        using var content = Safetensors.Read(path);
        if (content.Metadata.TryGetValue("source", out var source) && !string.Equals(source, SourceFile, StringComparison.Ordinal))
        {
            throw new SafetensorsException($"'{Path.GetFileName(path)}' was converted from {source}, expected {SourceFile}. Convert that file as data/README.md says.");
        }

        // Counters of batches are missing in older files; in eval mode, and with a momentum, nothing reads them.
        var state = trunk.state_dict();
        var tensors = state.Keys.Where(name => content.Tensors.ContainsKey(TrunkPrefix + name)).ToDictionary(name => name, name => content.Tensors[TrunkPrefix + name], StringComparer.Ordinal);
        foreach (var (name, counter) in state.Where(pair => pair.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)))
        {
            tensors.TryAdd(name, counter);
        }

        try
        {
            ModelWeights.Copy(tensors, trunk);
        }
        catch (SafetensorsException error)
        {
            throw new SafetensorsException($"'{Path.GetFileName(path)}' does not fit this trunk ({trunk.GetName()}), nothing was loaded. {error.Message}", error);
        }
    }

    private static PretrainedWeights Torchvision(string name, string file, string model, string prefix) => new(
        name,
        file,
        $"SHA-256 begins with {Path.GetFileNameWithoutExtension(file).Split('-')[^1]}",
        $"https://docs.pytorch.org/vision/stable/models/generated/torchvision.models.{model}.html",
        TorchvisionLicence,
        224,
        PixelNormalization.ImageNet,
        Interpolation.PilBilinear,
        prefix);

    private static PretrainedWeights Keras(string name, string file, string md5, string page, string licence, string prefix) => new(
        name,
        file,
        $"MD5 {md5}",
        $"https://keras.io/api/applications/{page}/",
        licence,
        224,
        PixelNormalization.KerasCaffe,
        Interpolation.PilNearest,
        prefix);
}
