using CovidNotebooks.Data;

namespace CovidNotebooks.Training;

/// <summary>One outer fold of a nested cross-validation.</summary>
/// <param name="Test">Answered once, by a model that was chosen and trained without it.</param>
/// <param name="Development">All other images: the choice is made among them, and the chosen model is trained on them.</param>
/// <param name="Inner">The development images cut into folds: training and validation of each.</param>
public sealed record NestedFold(
    ImageDataset Test, ImageDataset Development, IReadOnlyList<(ImageDataset Train, ImageDataset Validation)> Inner)
{
    /// <summary>
    /// Cuts a data set twice, whole groups each time. The same seed gives the same folds, whatever the order of the images.
    /// </summary>
    /// <param name="images">What is cut. An image without a group stands alone.</param>
    /// <param name="seed">Of both cuts.</param>
    /// <param name="outer">How many outer folds; at least 2. Default 5.</param>
    /// <param name="inner">How many inner folds; at least 2. Default 4.</param>
    /// <exception cref="DataException">
    /// There are too few groups: a fold is empty, or training images lack a class. The message names the fold.
    /// </exception>
    public static IReadOnlyList<NestedFold> Of(ImageDataset images, long seed, int outer = 5, int inner = 4)
    {
        ArgumentNullException.ThrowIfNull(images);
        return [.. CrossValidation.Cut(images, seed, outer).Parts.Select(part =>
        {
            var development = CrossValidation.Without(images, part.Dataset);
            Check(part.Dataset, development, part.Name);
            return new NestedFold(part.Dataset, development, [.. CrossValidation.Cut(development, seed, inner).Parts.Select(own =>
            {
                var train = CrossValidation.Without(development, own.Dataset);
                Check(own.Dataset, train, $"{part.Name}, inner {own.Name}");
                return (train, own.Dataset);
            })]);
        })];
    }

    private static void Check(ImageDataset held, ImageDataset train, string name)
    {
        var lacking = Enumerable.Range(0, train.ClassNames.Count).Where(label => train.CountsByClass[label] == 0)
            .Select(label => train.ClassNames[label]).ToList();
        if (held.Count == 0 || lacking.Count > 0)
        {
            throw new DataException(
                $"{name} cannot be used: "
                    + $"{(held.Count == 0 ? "it holds no image" : $"the images to train on lack the class {string.Join(", ", lacking)}")}. "
                +
                    $"There are {train.Count + held.Count} images of {train.GroupCount + held.GroupCount} known groups, and groups "
                    + "are not torn apart. Ask for fewer folds.");
        }
    }
}
