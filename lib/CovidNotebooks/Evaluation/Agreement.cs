namespace CovidNotebooks.Evaluation;

/// <summary>One number for a whole confusion matrix, two classes or more, as scikit-learn 1.2 computes it.</summary>
public static class Agreement
{
    /// <summary>The mean sensitivity over the classes that occur as truth.</summary>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static double BalancedAccuracy(ConfusionMatrix confusion)
    {
        RefuseEmpty("balanced accuracy", confusion);
        return Enumerable.Range(0, confusion.Size)
            .Where(label => confusion.RowTotal(label) > 0)
            .Average(label => (double)confusion[label, label] / confusion.RowTotal(label));
    }

    /// <summary>Matthews' correlation coefficient in Gorodkin's form; 0 where truth or predictions hold one class only.</summary>
    /// <exception cref="UndefinedMetricException">There are no images.</exception>
    public static double Matthews(ConfusionMatrix confusion)
    {
        RefuseEmpty("Matthews correlation", confusion);
        double total = confusion.Total;
        double together = 0, rowSquares = 0, columnSquares = 0;
        for (var label = 0; label < confusion.Size; label++)
        {
            double row = confusion.RowTotal(label), column = confusion.ColumnTotal(label);
            together += row * column;
            rowSquares += row * row;
            columnSquares += column * column;
        }

        var spread = ((total * total) - rowSquares) * ((total * total) - columnSquares);
        return spread == 0 ? 0 : ((confusion.Correct * total) - together) / Math.Sqrt(spread);
    }

    /// <summary>Cohen's kappa, unweighted: agreement beyond chance.</summary>
    /// <exception cref="UndefinedMetricException">There are no images, or truth and predictions are all of one same class.</exception>
    public static double CohenKappa(ConfusionMatrix confusion)
    {
        RefuseEmpty("Cohen's kappa", confusion);
        double total = confusion.Total;
        var chance = Enumerable.Range(0, confusion.Size)
            .Sum(label => (double)confusion.RowTotal(label) * confusion.ColumnTotal(label)) / total;
        return chance < total
            ? 1 - ((total - confusion.Correct) / (total - chance))
            : throw new UndefinedMetricException("Cohen's kappa",
            "truth and predictions are all of one same class, so chance alone agrees completely. It needs a second class in either.");
    }

    private static void RefuseEmpty(string metric, ConfusionMatrix confusion)
    {
        if (confusion.Total == 0)
        {
            throw new UndefinedMetricException(metric, "the confusion matrix counts 0 images, it needs at least 1.");
        }
    }
}
