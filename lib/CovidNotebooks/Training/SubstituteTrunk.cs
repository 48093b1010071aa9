using CovidNotebooks.Data;
using CovidNotebooks.Data.Augmentation;
using CovidNotebooks.Display;
using CovidNotebooks.Models;
using static TorchSharp.torch;

namespace CovidNotebooks.Training;

/// <summary>
/// What stands in for ImageNet weights where there are none: the same trunk, trained by this kit for a few minutes to tell NORMAL from PNEUMONIA on
/// chest_xray's training folder, without every patient of the experiments that it is made for. It has seen thousands of small X-rays of children, not a million
/// photographs: results with it answer the document's question less well, and a notebook that uses it says so.
/// </summary>
/// <remarks>Nothing is trained here: give <see cref="Classifier"/>, <see cref="Training"/>, <see cref="Validation"/> and <see cref="Settings"/> to a trainer, then <see cref="CopyTo"/>.</remarks>
public sealed class SubstituteTrunk : Displayed, IDisposable
{
    private readonly SubstituteTrunkOptions options;
    private readonly ImageLoader training;
    private readonly ImageLoader validation;

    private SubstituteTrunk(string name, TrunkClassifier classifier, ImageDataset images, SubstituteTrunkOptions options)
    {
        Name = name;
        Classifier = classifier;
        this.options = options;
        Split = Splitter.Grouped(images, options.Seed, ("train", 1 - options.ValidationShare), ("val", options.ValidationShare));
        var plain = new LoaderOptions
        {
            Width = options.ImageSize,
            Height = options.ImageSize,
            BatchSize = options.BatchSize,
            Interpolation = Interpolation.PilBilinear,
            Normalization = options.Normalization,
            Workers = options.Workers,
        };
        validation = new ImageLoader(Split["val"], plain);
        training = new ImageLoader(Split["train"], plain with
        {
            Shuffle = true,
            Sampling = Sampling.Balanced,
            Seed = options.Seed,
            StepsPerEpoch = options.StepsPerEpoch,
            Augmentation = new KerasAugmentation { HorizontalFlip = true, ZoomRange = .2, FillMode = FillMode.Nearest },
        });
    }

    /// <summary>The name of its run.</summary>
    public string Name { get; }

    /// <summary>The trunk with an average over its map and one dense layer.</summary>
    public TrunkClassifier Classifier { get; }

    /// <summary>The images: <c>train</c> and <c>val</c>, no patient in both.</summary>
    public DatasetSplit Split { get; }

    /// <summary>The training images: as many of each class, mirrored and zoomed at random.</summary>
    public IBatchSource Training => training;

    /// <summary>The validation images as they are.</summary>
    public IBatchSource Validation => validation;

    /// <summary>Adam as PyTorch has it, softmax cross-entropy, the weights of the last epoch.</summary>
    public TrainerOptions Settings => new()
    {
        Epochs = options.Epochs,
        Optimizer = new TorchAdam { LearningRate = options.LearningRate },
        Seed = options.Seed,
        Device = options.Device,
    };

    /// <summary>chest_xray's training images without every number that occurs in xray-25 or in the validation and test images of covid-xray.</summary>
    /// <param name="folder">The data folder; a target that is not in it excludes nothing, and the card does not name it.</param>
    /// <exception cref="DataException">chest_xray is not in the folder.</exception>
    public static PatientExclusion Images(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var targets = new List<(string Reason, ImageDataset Images)>();
        if (folder.Find(Datasets.Xray25) is not null)
        {
            targets.Add(("xray-25 (document 1)", folder.Open(Datasets.Xray25).All));
        }

        if (folder.Find(Datasets.CovidXray) is not null)
        {
            var covid = folder.Open(Datasets.CovidXray);
            targets.AddRange([("covid-xray, val (document 4)", covid.Splits["val"]), ("covid-xray, test (document 4)", covid.Test)]);
        }

        return PatientExclusion.Of(folder.Open(Datasets.ChestXrayPneumonia).Train, targets);
    }

    /// <summary>VGG16's convolutions, for document 1.</summary>
    /// <param name="images">Normal and pneumonia, without the patients of the later experiment: <see cref="Images"/>.</param>
    /// <param name="options">Sizes and rates; null for the defaults.</param>
    public static SubstituteTrunk Vgg16(ImageDataset images, SubstituteTrunkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        var used = options ?? new SubstituteTrunkOptions();
        used.Validate();
        return new SubstituteTrunk("substitute-trunk-vgg16", TrunkClassifier.Vgg16(used.Seed, images.ClassNames.Count), images, used);
    }

    /// <summary>The convolutions of VGG19 with batch normalisation, for document 3, which feeds it grey levels divided by 255.</summary>
    /// <param name="images">Normal and pneumonia: <see cref="Images"/>; none of them is a CT slice, so nothing of document 3's data can be among them.</param>
    /// <param name="options">Sizes and rates; null for the defaults with 3 epochs of 60 batches of 32 and a learning rate of 5e-4, which batch normalisation allows.</param>
    public static SubstituteTrunk Vgg19BatchNorm(ImageDataset images, SubstituteTrunkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        var used = options ?? new SubstituteTrunkOptions { Epochs = 3, BatchSize = 32, StepsPerEpoch = 60, LearningRate = 5e-4 };
        used.Validate();
        return new SubstituteTrunk("substitute-trunk-vgg19bn", TrunkClassifier.Vgg19BatchNorm(used.Seed, images.ClassNames.Count), images, used);
    }

    /// <summary>ResNet50 in Keras' form without its top, for document 4, which feeds it as Keras' <c>preprocess_input</c> does.</summary>
    /// <param name="images">Normal and pneumonia, without the patients of the later experiment: <see cref="Images"/>.</param>
    /// <param name="options">Sizes and rates; null for the defaults with batches of 32, whole epochs and a learning rate of 1e-3, which batch normalisation allows.</param>
    public static SubstituteTrunk ResNet50(ImageDataset images, SubstituteTrunkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        var used = options ?? new SubstituteTrunkOptions { BatchSize = 32, StepsPerEpoch = null, LearningRate = 1e-3, Normalization = PixelNormalization.KerasCaffe };
        used.Validate();
        return new SubstituteTrunk("substitute-trunk-resnet50", TrunkClassifier.ResNet50(used.Seed, ResNetForm.Keras, images.ClassNames.Count), images, used);
    }

    /// <summary>Copies the trained trunk into the network that it is for.</summary>
    /// <param name="trunk">For example <see cref="CovidXrayVgg16.Trunk"/>; it stays frozen if it is.</param>
    public void CopyTo(nn.Module trunk) => Classifier.CopyTrunkTo(trunk);

    /// <summary>The settings as a run's parameters.</summary>
    public IReadOnlyDictionary<string, object?> ToParameters() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["model"] = Classifier.GetName(),
        ["image_size"] = options.ImageSize,
        ["epochs"] = options.Epochs,
        ["batch_size"] = options.BatchSize,
        ["steps_per_epoch"] = training.BatchesPerEpoch,
        ["learning_rate"] = options.LearningRate,
        ["normalisation"] = options.Normalization?.ToString() ?? "none",
        ["sampling"] = nameof(Sampling.Balanced),
        ["zoom_range"] = .2,
        ["horizontal_flip"] = true,
        ["validation_share"] = options.ValidationShare,
        ["seed"] = options.Seed,
        ["training_images"] = Split["train"].Count,
        ["validation_images"] = Split["val"].Count,
    };

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsCard();

    /// <summary>Frees the classifier and ends its loaders.</summary>
    public void Dispose()
    {
        training.Dispose();
        validation.Dispose();
        Classifier.Dispose();
    }

    private Card AsCard()
    {
        var card = new Card($"Substitute for ImageNet weights: {Name}");
        foreach (var (name, value) in ToParameters())
        {
            card.Add(name, value);
        }

        return card;
    }
}
