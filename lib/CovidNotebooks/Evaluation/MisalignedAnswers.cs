using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// What becomes of a model's numbers when its answers are compared with the labels of other images: a generator that shuffles gives
/// answers in one order, and the
/// labels are taken in the order of the files. Every model falls to chance that way.
/// </summary>
public sealed class MisalignedAnswers : Displayed
{
    private readonly Predictions predictions;
    private readonly double[] accuracies;

    private MisalignedAnswers(Predictions predictions, IReadOnlyList<ConfusionMatrix> matrices)
    {
        this.predictions = predictions;
        Matrices = matrices;
        accuracies = [.. matrices.Select(matrix => matrix.Correct / (double)matrix.Total)];
    }

    /// <summary>One matrix an order.</summary>
    public IReadOnlyList<ConfusionMatrix> Matrices { get; }

    /// <summary>The mean accuracy over the orders.</summary>
    public double MeanAccuracy => accuracies.Average();

    /// <summary>The lowest and the highest accuracy.</summary>
    public Interval Range => new(accuracies.Min(), accuracies.Max());

    /// <summary>Compares in given orders, for example those of a loader: <c>Enumerable.Range(0, 200).Select(loader.Order)</c>.</summary>
    /// <param name="predictions">The answers, in the order of the files.</param>
    /// <param name="orders">In each the places of the images in the order in which they were answered.</param>
    /// <exception cref="ArgumentException">There is no order, or one does not name every image.</exception>
    public static MisalignedAnswers Of(Predictions predictions, IEnumerable<IReadOnlyList<int>> orders)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(orders);
        var matrices = orders.Select(order => order.Count == predictions.Count
            ? ConfusionMatrix.Of(predictions.Labels, [.. order.Select(index => predictions.PredictedLabels[index])],
                predictions.ClassNames)
            : throw new ArgumentException(
                $"An order has {order.Count} places, and there are {predictions.Count} answers. Give each image one place.",
                nameof(orders))).ToArray();
        return matrices.Length > 0
            ? new MisalignedAnswers(predictions, matrices)
            : throw new ArgumentException("There is no order to compare in. Give at least one.", nameof(orders));
    }

    /// <summary>Compares in random orders.</summary>
    /// <param name="predictions">The answers.</param>
    /// <param name="seed">Of the orders.</param>
    /// <param name="times">How many; 200 by default.</param>
    public static MisalignedAnswers Of(Predictions predictions, int seed, int times = 200)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var random = new Random(seed);
        return Of(predictions, Enumerable.Range(0, times).Select(_ =>
        {
            var order = Enumerable.Range(0, predictions.Count).ToArray();
            random.Shuffle(order);
            return order;
        }));
    }

    /// <summary>
    /// The accuracy that answers have with the labels of other images, in the mean: what the totals of a matrix alone give by chance.
    /// </summary>
    /// <param name="matrix">Any number of classes.</param>
    public static double ByChance(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return Enumerable.Range(0, matrix.Size).Sum(label =>
            matrix.RowTotal(label) * (double)matrix.ColumnTotal(label)) / ((double)matrix.Total * matrix.Total);
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe()
    {
        var own = predictions.Confusion;
        return new DisplayDocument()
            .Say(string.Create(CultureInfo.InvariantCulture,
                $"Compared with the labels of other images, an accuracy of {own.Correct / (double)own.Total:F3} becomes "
                    + $"{MeanAccuracy:F3}."), ParagraphKind.Finding)
            .Add(new Card($"{accuracies.Length} orders")
                .Add("accuracy, each answer with its own label", $"{DisplayedNumber.Fixed(own.Correct / (double)own.Total)}")
                .Add("with the labels of other images: mean, lowest, highest",
                    $"{DisplayedNumber.Fixed(MeanAccuracy)}, {DisplayedNumber.Fixed(Range.Low)}, {DisplayedNumber.Fixed(Range.High)}")
                .Add("what these totals give by chance", DisplayedNumber.Fixed(ByChance(own))));
    }
}
