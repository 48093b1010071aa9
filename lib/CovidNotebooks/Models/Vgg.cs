using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CovidNotebooks.Models;

/// <summary>
/// The VGG networks of Simonyan and Zisserman (2014) in torchvision's form and with its state_dict names: 16 layers, and 19 with batch
/// normalisation. Output: logits.
/// </summary>
/// <remarks>
/// <code>
///           3 × 3 convolutions of each block, MaxPool 2 after each      with 1000 classes
/// VGG16     64 64 | 128 128 | 256 256 256 | 512 512 512 | 512 512 512               138,357,544
/// VGG19     64 64 | 128 128 | 256 × 4     | 512 × 4     | 512 × 4       with BN:    143,678,248
/// head      average pooling to 7 × 7, Dense 4096, Dense 4096, Dense classes, ReLU and dropout .5 between
/// </code>
/// </remarks>
public sealed class Vgg : NetworkOnTrunk, IFollowsImageType
{
    internal static readonly int[][] Blocks16 = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]];

    internal static readonly int[][] Blocks19 = [[64, 64], [128, 128], [256, 256, 256, 256], [512, 512, 512, 512], [512, 512, 512, 512]];

    private const int LeastSide = 32;

    private readonly LayerStack features;
    private readonly Module<Tensor, Tensor> avgpool = AdaptiveAvgPool2d((7L, 7L));
    private readonly LayerStack classifier;

    private Vgg(string name, int[][] blocks, bool batchNormalization, int classes, double dropout, long seed)
        : base(name)
    {
        features = Features(blocks, batchNormalization);
        classifier = new LayerStack(
            [Linear(512 * 7 * 7, 4096), ReLU(), Dropout(dropout), Linear(4096, 4096), ReLU(), Dropout(dropout), Linear(4096, classes)]);
        RegisterComponents();
        TorchvisionInitializers.Apply(this, seed);
    }

    /// <summary>
    /// The convolutions, without the pooling to 7 × 7 and the dense layers behind them; torchvision calls them <c>features</c>.
    /// </summary>
    public override Module<Tensor, Tensor> Trunk => features;

    /// <summary>VGG16 without batch normalisation.</summary>
    /// <param name="classes">Outputs.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    public static Vgg Vgg16(int classes, long seed) => new("VGG16", Blocks16, batchNormalization: false, classes, dropout: 0.5, seed);

    /// <summary>VGG19 with batch normalisation: document 3's network with two classes.</summary>
    /// <param name="classes">Outputs.</param>
    /// <param name="seed">The seed of the initial weights.</param>
    public static Vgg Vgg19BatchNorm(int classes, long seed) =>
        new("VGG19-BN", Blocks19, batchNormalization: true, classes, dropout: 0.5, seed);

    /// <summary>
    /// Starts the last layer anew, as PyTorch starts a dense layer: what a program does that replaces the last layer of a pretrained VGG
    /// (<c>classifier[6] = nn.Linear(4096, classes)</c>), document 3's among them.
    /// </summary>
    /// <param name="seed">The seed of the draws.</param>
    public void ResetOutput(long seed) => TorchvisionInitializers.ApplyDefault((Linear)classifier.children().Last(), seed);

    /// <summary>Logits (N, classes) of images (N, 3, rows, columns) with at least 32 rows and columns.</summary>
    public override Tensor forward(Tensor images)
    {
        InputShape.RequireAtLeast(images, 3, LeastSide);
        return classifier.call(avgpool.call(TrunkParts.Run(features, images)).flatten(1));
    }

    /// <summary>
    /// What each layer of <c>features</c> is, by its number, in VGG19: <c>ReLU of conv4_3</c>. Numbers differ with and without batch
    /// normalisation.
    /// </summary>
    /// <param name="batchNormalization">Whether a batch normalisation follows each convolution.</param>
    public static IReadOnlyList<string> FeatureNames(bool batchNormalization)
    {
        var names = new List<string>();
        for (var block = 0; block < Blocks19.Length; block++)
        {
            foreach (var convolution in Enumerable.Range(1, Blocks19[block].Length))
            {
                string[] kinds = batchNormalization ? ["Conv2d", "BatchNorm2d", "ReLU"] : ["Conv2d", "ReLU"];
                names.AddRange(kinds.Select(kind => $"{kind} of conv{block + 1}_{convolution}"));
            }

            names.Add($"pooling after block {block + 1}");
        }

        return names;
    }

    internal static LayerStack Features(int[][] blocks, bool batchNormalization)
    {
        var layers = new List<Module<Tensor, Tensor>>();
        long channels = 3;
        foreach (var block in blocks)
        {
            foreach (var filters in block)
            {
                layers.Add(Conv2d(channels, filters, 3, padding: 1));
                if (batchNormalization)
                {
                    layers.Add(BatchNorm2d(filters));
                }

                layers.Add(ReLU());
                channels = filters;
            }

            layers.Add(MaxPool2d(2, stride: 2));
        }

        return new LayerStack(layers);
    }
}
