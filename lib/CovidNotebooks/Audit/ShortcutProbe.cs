using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Audit;

/// <summary>
/// Baselines that see no anatomy: if a logistic regression on a file's header or on 64 grey levels tells the classes apart, then so can a
/// network, and its accuracy need not say anything about disease.
/// </summary>
/// <remarks>
/// Features are standardised on the training images. A probe that finds nothing proves nothing: it looks for two kinds of shortcut only,
/// and only for what adds up linearly or, for the forest, what a few thresholds tell. On COVID-CT the header gives the class away for .81
/// of the test images by <see cref="Header"/> and for .86 by <see cref="HeaderForest"/>.
/// </remarks>
public static class ShortcutProbe
{
    /// <summary>
    /// Learns from the files' headers alone, without a pixel: width, height, colour mode and format (by content, not by extension).
    /// </summary>
    /// <param name="train">Images to learn from: two classes.</param>
    /// <param name="test">Images to be judged on, with the same classes.</param>
    /// <param name="options">By default C = 1, positive class 1, intervals of 95 %.</param>
    /// <exception cref="DataException">
    /// The datasets cannot be used: classes differ or are not two, a part is empty, the training images are of one class, or a file cannot
    /// be read.
    /// </exception>
    public static ProbeReport Header(ImageDataset train, ImageDataset test, ProbeOptions? options = null)
    {
        options = Check(train, test, options);
        return OfHeaders(train, test, options, "file header", Regression(options));
    }

    /// <summary>
    /// The same as <see cref="Header"/> with a random forest of 300 trees, which also finds single sizes and combinations.
    /// </summary>
    /// <inheritdoc cref="Header"/>
    public static ProbeReport HeaderForest(ImageDataset train, ImageDataset test, ProbeOptions? options = null)
    {
        options = Check(train, test, options);
        return OfHeaders(train, test, options, "forest on the file header", Forest(options));
    }

    /// <summary>Learns from grey thumbnails of 8 × 8 pixels (the whole picture, BT.601 grey, Pillow's LANCZOS).</summary>
    /// <inheritdoc cref="Header"/>
    public static ProbeReport Thumbnail(ImageDataset train, ImageDataset test, ProbeOptions? options = null)
    {
        options = Check(train, test, options);
        var (known, asked) = (Scanned(train, options, ScanDepth.Pictures), Scanned(test, options, ScanDepth.Pictures));
        return Run(
            "8 × 8 thumbnail",
            "64 grey levels of each picture, far too few for anatomy",
            ThumbnailFeatures.Names,
            train,
            test,
            known,
            asked,
            ThumbnailFeatures.Of,
            options,
            Regression(options));
    }

    private static ProbeReport OfHeaders(ImageDataset train, ImageDataset test, ProbeOptions options, string name, Learner learner)
    {
        var (known, asked) = (Scanned(train, options, ScanDepth.Headers), Scanned(test, options, ScanDepth.Headers));
        var features = new HeaderFeatures(known.Files.Select(file => file.Header!));
        return Run(
            name,
            "the width, height, colour mode and format of each file, and no pixel",
            features.Names,
            train,
            test,
            known,
            asked,
            file => features.Of(file.Header!),
            options,
            learner);
    }

    private static Learner Regression(ProbeOptions options) => new("logistic regression", (rows, labels) =>
    {
        var scaler = StandardScaler.Fit(rows);
        var model = LogisticRegression.Fit([.. rows.Select(row => scaler.Apply(row))], labels, options.InverseRegularization);
        return (row => model.Decision(scaler.Apply(row)), model.Weights);
    });

    private static Learner Forest(ProbeOptions options) => new("random forest of 300 trees", (rows, labels) =>
    {
        var model = RandomForest.Fit(rows, labels, options.Seed);
        return (row => LogOdds(model.Probability(row)), []);
    });

    /// <summary>Finite also where all trees agree.</summary>
    private static double LogOdds(double probability) => Math.Log(Math.Max(probability, 1e-15) / Math.Max(1 - probability, 1e-15));

    private static ProbeOptions Check(ImageDataset train, ImageDataset test, ProbeOptions? options)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        options ??= new ProbeOptions();
        options.Validate();
        if (!train.ClassNames.SequenceEqual(test.ClassNames, StringComparer.Ordinal))
        {
            throw new DataException(
                $"{train.Name} has the classes {string.Join(", ", train.ClassNames)}, {test.Name} has "
                + $"{string.Join(", ", test.ClassNames)}. Expected the same classes in the same order; see ImageDataset.WithClassOrder.");
        }

        if (train.ClassNames.Count != 2)
        {
            throw new DataException(
                $"{train.Name} has {train.ClassNames.Count} classes: {string.Join(", ", train.ClassNames)}. A probe tells two classes "
                    + "apart. Join or leave out classes first.");
        }

        return options;
    }

    /// <summary>The readable images of a dataset, in its order, and what is wrong with the others.</summary>
    /// <exception cref="BadImageException">A file cannot be read, and the options say that it must.</exception>
    private static ProbeImages Scanned(ImageDataset dataset, ProbeOptions options, ScanDepth depth)
    {
        var files = FileScanner.For(options.Limits).Scan(dataset, depth);
        BadImageException[] bad = [.. files.Select(file => file.Problem).OfType<BadImageException>()];
        return bad.Length > 0 && options.BadImages == BadImagePolicy.Fail
            ? throw bad[0]
            : new ProbeImages(
                [.. dataset.Images.Where((_, i) => files[i].Problem is null)], [.. files.Where(file => file.Problem is null)], bad);
    }

    private static ProbeReport Run(
        string name,
        string sees,
        IReadOnlyList<string> featureNames,
        ImageDataset train,
        ImageDataset test,
        ProbeImages known,
        ProbeImages asked,
        Func<ScannedFile, double[]> features,
        ProbeOptions options,
        Learner learner)
    {
        var counts = train.ClassNames.Select((_, label) => known.Images.Count(image => image.Label == label)).ToArray();
        if (counts.Contains(0))
        {
            var found = string.Join(", ", train.ClassNames.Select((className, label) => $"{className} {counts[label]}"));
            throw new DataException(
                $"{train.Name} has no readable image of one of its classes ({found}). "
                    + "A probe learns from both: check how the images were split.");
        }

        if (asked.Images.Count == 0)
        {
            throw new DataException(
                $"{test.Name} has no readable image. A probe is judged on at least one: check how the images were split.");
        }

        var (decision, weights) = learner.Fit([.. known.Files.Select(features)], [.. known.Images.Select(image => image.Label)]);
        var items = asked.Images.Select((image, i) => Answer(image, decision(features(asked.Files[i]))));
        return new ProbeReport(
            name,
            learner.Name,
            sees,
            new Predictions(test.ClassNames, [.. items], options.PositiveClass),
            counts[1] > counts[0] ? 1 : 0,
            [.. featureNames.Zip(weights, (feature, weight) => new ProbeWeight(feature, weight))],
            [.. known.Bad, .. asked.Bad],
            known.Images.Count,
            options.Confidence);
    }

    private static Prediction Answer(LabeledImage image, double decision) => new(
        image.Path,
        image.Group,
        image.Source,
        image.Label,
        [LogisticLoss.Sigmoid(-decision), LogisticLoss.Sigmoid(decision)],
        LogisticLoss.SoftPlus(image.Label == 1 ? -decision : decision));

    /// <summary>The images that a probe can look at.</summary>
    private sealed record ProbeImages(
        IReadOnlyList<LabeledImage> Images, IReadOnlyList<ScannedFile> Files, IReadOnlyList<BadImageException> Bad);

    /// <summary>What learns: from rows and labels to the log-odds of class 1 of a row, and weights where it has them.</summary>
    private sealed record Learner(
        string Name,
        Func<IReadOnlyList<double[]>, IReadOnlyList<int>, (Func<double[], double> Decision, IReadOnlyList<double> Weights)> Fit);
}
