using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// Counts of true classes (rows) against predicted classes (columns), in the order of the class names, as scikit-learn has it.
/// </summary>
public sealed class ConfusionMatrix : Displayed
{
    private readonly int[,] counts;

    private ConfusionMatrix(int[,] counts, IReadOnlyList<string> classNames)
    {
        this.counts = counts;
        ClassNames = [.. classNames];
    }

    /// <summary>One name a class; rows and columns are in this order.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The number of classes.</summary>
    public int Size => ClassNames.Count;

    /// <summary>The number of images counted.</summary>
    public int Total => counts.Cast<int>().Sum();

    /// <summary>The number of images that were classified rightly: the diagonal.</summary>
    public int Correct => Enumerable.Range(0, Size).Sum(i => counts[i, i]);

    /// <summary>How many images of class <paramref name="truth"/> were called <paramref name="predicted"/>.</summary>
    public int this[int truth, int predicted] => counts[truth, predicted];

    /// <summary>Counts two lists of classes.</summary>
    /// <param name="labels">The true classes.</param>
    /// <param name="predicted">The predicted classes, in the same order.</param>
    /// <param name="classNames">One name a class; a class that occurs nowhere keeps its row and column of zeros.</param>
    /// <exception cref="ArgumentException">The lists differ in length or hold a class that has no name.</exception>
    public static ConfusionMatrix Of(IReadOnlyList<int> labels, IReadOnlyList<int> predicted, IReadOnlyList<string> classNames)
    {
        if (labels.Count != predicted.Count)
        {
            throw new ArgumentException(
                $"There are {labels.Count} labels and {predicted.Count} predictions. Give one prediction an image.", nameof(predicted));
        }

        var tally = new int[classNames.Count, classNames.Count];
        for (var i = 0; i < labels.Count; i++)
        {
            if ((uint)labels[i] >= (uint)classNames.Count || (uint)predicted[i] >= (uint)classNames.Count)
            {
                throw new ArgumentException($"Image {i} has label {labels[i]} and prediction {predicted[i]}; {classNames.Count} classes "
                    + $"are named, so both must be between 0 and {classNames.Count - 1}.", nameof(labels));
            }

            tally[labels[i], predicted[i]]++;
        }

        return new ConfusionMatrix(tally, classNames);
    }

    /// <summary>A matrix whose counts are known, for example a published one.</summary>
    /// <param name="rows">Square; rows are true classes, columns predicted ones; none negative.</param>
    /// <param name="classNames">One name a row.</param>
    /// <exception cref="ArgumentException">The sizes do not agree or a count is negative.</exception>
    public static ConfusionMatrix Of(int[,] rows, IReadOnlyList<string> classNames)
    {
        if (rows.GetLength(0) != classNames.Count || rows.GetLength(1) != classNames.Count)
        {
            throw new ArgumentException($"The counts are {rows.GetLength(0)} x {rows.GetLength(1)} and there are {classNames.Count} class "
                + "names. A confusion matrix has one row and one column a class.", nameof(rows));
        }

        if (rows.Cast<int>().Any(count => count < 0))
        {
            throw new ArgumentException("A count of images cannot be negative.", nameof(rows));
        }

        return new ConfusionMatrix((int[,])rows.Clone(), classNames);
    }

    /// <summary>Every matrix of two classes with so many images of each: to find those that could have given printed numbers.</summary>
    /// <param name="first">Images of the first class.</param>
    /// <param name="second">Images of the second class.</param>
    /// <param name="classNames">Two names.</param>
    public static IEnumerable<ConfusionMatrix> Every(int first, int second, IReadOnlyList<string> classNames) =>
        from right in Enumerable.Range(0, first + 1)
        from alsoRight in Enumerable.Range(0, second + 1)
        select Of(new[,] { { right, first - right }, { second - alsoRight, alsoRight } }, classNames);

    /// <summary>The same counts, one of them higher: to try whether a printed number lacks some images.</summary>
    /// <param name="truth">The row.</param>
    /// <param name="predicted">The column.</param>
    /// <param name="images">How many are added.</param>
    public ConfusionMatrix Plus(int truth, int predicted, int images)
    {
        var changed = ToArray();
        changed[truth, predicted] += images;
        return Of(changed, ClassNames);
    }

    /// <summary>The counts in a line, rows first: <c>[[163, 71], [48, 342]]</c>.</summary>
    public string ToLine()
    {
        var classes = Enumerable.Range(0, Size);
        return $"[{string.Join(", ", classes.Select(row => $"[{string.Join(", ", classes.Select(column => counts[row, column]))}]"))}]";
    }

    /// <summary>How many images have the true class <paramref name="truth"/>.</summary>
    public int RowTotal(int truth) => Enumerable.Range(0, Size).Sum(predicted => counts[truth, predicted]);

    /// <summary>How many images were called <paramref name="predicted"/>.</summary>
    public int ColumnTotal(int predicted) => Enumerable.Range(0, Size).Sum(truth => counts[truth, predicted]);

    /// <summary>
    /// The share, in per cent, of the images of class <paramref name="truth"/> that were called <paramref name="predicted"/>; null where
    /// the class has no image.
    /// </summary>
    public double? RowPercentage(int truth, int predicted) => RowTotal(truth) is var total && total == 0 ? null
        : 100.0 * counts[truth, predicted] / total;

    /// <summary>The same counts without the classes that occur neither as truth nor as prediction.</summary>
    public ConfusionMatrix OccurringClassesOnly()
    {
        var kept = Enumerable.Range(0, Size).Where(label => RowTotal(label) + ColumnTotal(label) > 0).ToArray();
        var reduced = new int[kept.Length, kept.Length];
        for (var row = 0; row < kept.Length; row++)
        {
            for (var column = 0; column < kept.Length; column++)
            {
                reduced[row, column] = counts[kept[row], kept[column]];
            }
        }

        return new ConfusionMatrix(reduced, [.. kept.Select(label => ClassNames[label])]);
    }

    /// <summary>A copy of the counts, rows first.</summary>
    public int[,] ToArray() => (int[,])counts.Clone();

    /// <inheritdoc/>
    public override DisplayDocument Describe() => AsTable();

    private Table AsTable()
    {
        var table = new Table(
            $"Confusion matrix, {Total} images (rows: truth, columns: prediction)",
            [TableColumn.Text("truth"), .. ClassNames.Select(TableColumn.Number), TableColumn.Number("images")]);
        for (var truth = 0; truth < Size; truth++)
        {
            var row = truth;
            table.Add([ClassNames[truth], .. Enumerable.Range(0, Size).Select(predicted => Cell(row, predicted)),
                DisplayedNumber.ValueText(RowTotal(truth))]);
        }

        return table;
    }

    private TableCell Cell(int truth, int predicted)
    {
        var count = DisplayedNumber.ValueText(counts[truth, predicted]);
        return RowPercentage(truth, predicted) is { } percentage
            ? new TableCell($"{count} ({DisplayedNumber.Fixed(percentage, 1)} %)", truth == predicted, percentage / 100)
            : new TableCell(count);
    }
}
