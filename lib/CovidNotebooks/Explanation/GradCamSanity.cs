using CovidNotebooks.Data;
using CovidNotebooks.Display;
using static TorchSharp.torch;

namespace CovidNotebooks.Explanation;

/// <summary>
/// Sanity checks of class-activation maps (Adebayo et al., NeurIPS 2018): a map that looks the same when the model's weights are shuffled,
/// or when the model has learnt
/// labels that were dealt at random, shows the picture and not what was learnt. Similarity is Spearman's rank correlation of two maps of
/// one image: 1 the same order of
/// positions, 0 none. Both maps explain the class that the checked model predicts: another class would make another map by itself.
/// </summary>
public sealed class GradCamSanity : Displayed
{
    private const long Purpose = 0x53414E45;
    private readonly List<(string Against, double? Similarity, int Images)> rows = [];

    private GradCamSanity(ActivationMaps maps) => Maps = maps;

    /// <summary>The maps that are checked.</summary>
    public ActivationMaps Maps { get; }

    /// <summary>The maps of the same images after the weights were shuffled.</summary>
    public ActivationMaps? OfShuffledWeights { get; private init; }

    /// <summary>The maps of the same images by a model that was trained on permuted labels; null where none was given.</summary>
    public ActivationMaps? OfPermutedLabels { get; private init; }

    /// <summary>Mean similarity of the maps with those of the shuffled weights; null where no pair of maps has an order.</summary>
    public double? SimilarityToShuffledWeights => rows[0].Similarity;

    /// <summary>The same with those of the model trained on permuted labels.</summary>
    public double? SimilarityToPermutedLabels => rows.Count > 1 ? rows[1].Similarity : null;

    /// <summary>Checks a model's maps. Its weights are shuffled and put back.</summary>
    /// <param name="model">A classifier that gives logits.</param>
    /// <param name="layer">The layer that is looked at.</param>
    /// <param name="source">The images, without augmentation.</param>
    /// <param name="perClass">Images a class.</param>
    /// <param name="seed">Of the choice of images and of the shuffling.</param>
    /// <param name="permuted">The same network trained on permuted labels, with the layer to look at; null for none.</param>
    public static GradCamSanity Of(
        nn.Module<Tensor, Tensor> model,
        nn.Module<Tensor, Tensor> layer,
        IBatchSource source,
        int perClass = 20,
        long seed = 0,
        (nn.Module<Tensor, Tensor> Model, nn.Module<Tensor, Tensor> Layer)? permuted = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var maps = GradCam.Over(model, layer, source, perClass, seed);
        ActivationMaps shuffled;
        var kept = model.named_parameters().Select(pair => (pair.parameter, Values: pair.parameter.detach().clone())).ToArray();
        try
        {
            Shuffle(model, seed);
            shuffled = GradCam.Over(model, layer, source, maps);
        }
        finally
        {
            using var noGradients = no_grad();
            foreach (var (parameter, values) in kept)
            {
                parameter.copy_(values);
                values.Dispose();
            }
        }

        var other = permuted is { } trained ? GradCam.Over(trained.Model, trained.Layer, source, maps) : null;
        var sanity = new GradCamSanity(maps) { OfShuffledWeights = shuffled, OfPermutedLabels = other };
        sanity.Add("the same network, its weights shuffled", shuffled);
        if (other is not null)
        {
            sanity.Add("the same network, trained on permuted labels", other);
        }

        return sanity;
    }

    /// <summary>
    /// Spearman's rank correlation of two maps of one size, ties by their mean rank; null where one of them is the same everywhere.
    /// </summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double? Similarity(HeatMap one, HeatMap two)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(two);
        if (one.Height != two.Height || one.Width != two.Width)
        {
            throw new ArgumentException($"A map of {one.Height} × {one.Width} and one of {two.Height} × {two.Width} cannot be compared "
                + "position by position. Resize them to one size first.", nameof(two));
        }

        var correlation = MathNet.Numerics.Statistics.Correlation.Spearman(one.Values, two.Values);
        return double.IsFinite(correlation) ? correlation : null;
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsTable();

    /// <summary>Each parameter's values in another order: as many, as large, but nothing learnt is left.</summary>
    private static void Shuffle(nn.Module model, long seed)
    {
        using var noGradients = no_grad();
        var number = 0;
        foreach (var (_, parameter) in model.named_parameters())
        {
            using var scope = NewDisposeScope();
            var order = new RandomStream(seed, Purpose, number++).Permutation((int)parameter.numel());
            var index = tensor(Array.ConvertAll(order, i => (long)i)).to(parameter.device);
            parameter.copy_(parameter.flatten().index_select(0, index).reshape(parameter.shape));
        }
    }

    private void Add(string against, ActivationMaps others)
    {
        var byPath = others.Items.ToDictionary(item => item.Image.Path, item => item.Activation.Map, StringComparer.Ordinal);
        var found = Maps.Items.Where(item => byPath.ContainsKey(item.Image.Path))
            .Select(item => Similarity(item.Activation.Map, byPath[item.Image.Path])).OfType<double>().ToArray();
        rows.Add((against, found.Length > 0 ? found.Average() : null, found.Length));
    }

    private Table AsTable()
    {
        var table = new Table($"Grad-CAM against sanity checks, {Maps.Items.Count} images",
            TableColumn.Text("the maps against those of"), TableColumn.Number("images"), TableColumn.Number("similarity"));
        foreach (var (against, similarity, images) in rows)
        {
            table.Add(against, DisplayedNumber.ValueText(images), similarity is { } value ? DisplayedNumber.Fixed(value, 2)
                : DisplayedNumber.None);
        }

        return table.Note("Spearman's rank correlation of the positions, mean over the images: near 1 the map does not depend on what was "
            + "learnt (Adebayo et al. 2018). Maps that are the same everywhere are left out.");
    }
}
