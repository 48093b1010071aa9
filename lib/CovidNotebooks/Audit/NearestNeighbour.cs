using CovidNotebooks.Data;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Audit;

/// <summary>
/// The class of the most similar training picture, by the correlation of thumbnails of 64 × 64 grey levels: a model that remembers and
/// understands nothing. What it gains from a defect is memory.
/// </summary>
public static class NearestNeighbour
{
    /// <summary>Answers for the test images.</summary>
    /// <param name="train">Images to remember, of two classes; unreadable ones are left out.</param>
    /// <param name="test">Images to answer for; unreadable ones are left out.</param>
    /// <returns>
    /// The score of class 1 is half of one more than by how much its nearest picture correlates better than that of class 0.
    /// </returns>
    /// <exception cref="DataException">A class has no readable training image, or no test image is readable.</exception>
    public static Predictions Of(ImageDataset train, ImageDataset test)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        var (known, asked) = (Vectors(train), Vectors(test));
        if (known.Select(item => item.Image.Label).Distinct().Count() != 2 || train.ClassNames.Count != 2 || asked.Length == 0)
        {
            throw new DataException(
                $"{train.Name} and {test.Name} cannot be compared: "
                    + "expected readable training images of two classes and a readable test image.");
        }

        var items = new Prediction[asked.Length];
        Parallel.For(0, asked.Length, i =>
        {
            double[] nearest = [-1, -1];
            foreach (var (image, vector) in known)
            {
                nearest[image.Label] = Math.Max(nearest[image.Label], GreyVector.Correlation(vector, asked[i].Vector));
            }

            var score = Math.Clamp((1 + nearest[1] - nearest[0]) / 2, 1e-6, 1 - 1e-6);
            var shown = asked[i].Image;
            items[i] = new Prediction(
                shown.Path, shown.Group, shown.Source, shown.Label, [1 - score, score], -Math.Log(shown.Label == 1 ? score : 1 - score));
        });
        return new Predictions(train.ClassNames, items);
    }

    private static (LabeledImage Image, float[] Vector)[] Vectors(ImageDataset dataset) =>
    [
        .. FileScanner.Shared.Scan(dataset, ScanDepth.Pictures).Zip(dataset.Images).Where(pair => pair.First.Thumbnail is not null)
            .Select(pair => (pair.Second, GreyVector.Of(pair.First.Thumbnail!.Pixels))),
    ];
}
