using CovidNotebooks.Data;
using CovidNotebooks.Models;
using CovidNotebooks.Models.Weights;
using CovidNotebooks.Recording;
using CovidNotebooks.Runs;
using static TorchSharp.torch;

namespace CovidNotebooks.Inference;

/// <summary>Builds the kit's networks again from what a run says of them. Their weights are read afterwards.</summary>
internal static class StoredNetworks
{
    private const long AnySeed = 0; // All weights are replaced, or the network is refused.

    /// <summary>The network, and the part of it whose weights the run keeps.</summary>
    /// <exception cref="WeightsException">The network is of somebody's own code, or its trunk is not on this disk.</exception>
    public static (nn.Module<Tensor, Tensor> Network, nn.Module<Tensor, Tensor> Saved) Build(
        RunRecord run, ModelContract contract, ClassifierOptions options)
    {
        if (options.Network is { } own)
        {
            var network = own();
            return (network, contract.HeadOnly && network is IFrozenTrunk parts ? parts.Head : network);
        }

        var built = Known(run, contract, options);
        return (built, contract.HeadOnly ? ((IFrozenTrunk)built).Head : built);
    }

    private static nn.Module<Tensor, Tensor> Known(RunRecord run, ModelContract contract, ClassifierOptions options)
    {
        var classes = contract.ClassNames.Count;
        var side = contract.Input.Width;
        if (IsOf<SmallCnn>(contract))
        {
            return new SmallCnn(classes, AnySeed);
        }

        if (IsOf<PneumoniaCnn>(contract))
        {
            var hidden = Number(contract, "hidden_units", 128);
            var activation = Word(contract, "hidden_activation") == "relu" ? HiddenActivation.Relu : HiddenActivation.Sigmoid;
            return new PneumoniaCnn(
                AnySeed, new PneumoniaCnnOptions { ImageSize = side, HiddenUnits = hidden, HiddenActivation = activation });
        }

        if (IsOf<CovidCtCnn>(contract))
        {
            CovidCtCnnOptions[] documents = [CovidCtCnnOptions.Large, CovidCtCnnOptions.Small, CovidCtCnnOptions.Final];
            return Array.Find(documents, layers => layers.Name == Word(contract, "name")) is { } layers
                ? new CovidCtCnn(AnySeed, layers with { ImageSize = side }) : throw NotKnown(run, contract);
        }

        var named = Enum.GetValues<PretrainedNetwork>().Where(trunk => PretrainedTrunk.NameOf(trunk) == contract.Name).ToArray();
        if (IsOf<TrunkClassifier>(contract) && named is [var network])
        {
            var trunk = PretrainedTrunk.EmptyOf(network, WeightsOf(contract)?.Form, AnySeed);
            return new TrunkClassifier(contract.Name, trunk, PretrainedTrunk.ChannelsOf(network), classes, AnySeed);
        }

        if (IsOf<Vgg>(contract))
        {
            return contract.Name == PretrainedTrunk.NameOf(PretrainedNetwork.Vgg16) ? Vgg.Vgg16(classes, AnySeed)
                : Vgg.Vgg19BatchNorm(classes, AnySeed);
        }

        if (IsOf<CovidXrayVgg16>(contract))
        {
            var pooling = Word(contract, "pooling") == FlatSettings.Word(nameof(Vgg16Pooling.WholeMap)) ? Vgg16Pooling.WholeMap
                : Vgg16Pooling.TopLeftWindow;
            var head = new CovidXrayVgg16Options
            {
                ImageSize = side,
                Pooling = pooling,
                HiddenUnits = Number(contract, "hidden_units", 64),
            };
            return new CovidXrayVgg16(AnySeed, head, Trunk(contract, PretrainedNetwork.Vgg16, options));
        }

        return IsOf<CovidXrayResNet50>(contract)
            ? new CovidXrayResNet50(AnySeed, trunk: Trunk(contract, PretrainedNetwork.ResNet50, options), imageSize: side)
            : throw NotKnown(run, contract);
    }

    /// <summary>The trunk that a head was trained on: the very file, or none.</summary>
    private static PretrainedTrunk Trunk(ModelContract contract, PretrainedNetwork published, ClassifierOptions options)
    {
        var weights = WeightsOf(contract) ?? throw new WeightsException(
            $"The run keeps the head of {contract.Network} only, and its trunk was of random numbers or of a file of one's own that "
                + "has no record. It cannot be built again.");
        var folder = options.Data ?? DataFolder.Resolve(null, Environment.GetEnvironmentVariable, ".");
        var found = PretrainedTrunk.Find(folder, published, fetch: false);
        return string.Equals(found.Weights?.FileName, weights.FileName, StringComparison.Ordinal)
            ? found
            : throw new WeightsException(
                $"The run keeps the head of {contract.Network} only; its trunk is {weights.Title}, and {weights.FileName} is not in "
                    + $"the folder weights of {folder.Root}"
                    + $"{(found.Weights is { } other ? $" (found: {other.FileName})" : "")}. Get it: ./kit weights get {weights.Name}.");
    }

    private static PretrainedWeights? WeightsOf(ModelContract contract) =>
        PretrainedWeights.All.FirstOrDefault(
            weights => string.Equals(weights.FileName, Word(contract, "weights_file"), StringComparison.Ordinal));

    private static WeightsException NotKnown(RunRecord run, ModelContract contract) => new(
        $"The run's network is {contract.Network} ({contract.Name}), which the kit does not build: it is of somebody's own code. Give "
            + "that code, in a notebook: "
            + $"Classifier.Load(\"{run.Folder}\", new ClassifierOptions {{ Network = () => new MyNetwork() }}).Predict(\"new-pictures\"), "
            + "with any weights: the run's are read into it.");

    private static bool IsOf<T>(ModelContract contract) =>
        string.Equals(contract.Network, FlatSettings.Word(typeof(T).Name), StringComparison.Ordinal);

    private static string? Word(ModelContract contract, string setting) => contract.Settings.GetValueOrDefault(setting) as string;

    private static int Number(ModelContract contract, string setting, int usual) =>
        contract.Settings.GetValueOrDefault(setting) is IConvertible value and not string
            ? value.ToInt32(System.Globalization.CultureInfo.InvariantCulture)
            : usual;
}
