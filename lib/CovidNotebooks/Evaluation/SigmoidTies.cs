using System.Globalization;
using CovidNotebooks.Display;

namespace CovidNotebooks.Evaluation;

/// <summary>
/// Two outputs read through a sigmoid each, in single precision: how often both are exactly equal, because both logits are so large (or so
/// small) that the
/// sigmoid is 1 (or 0). Argmax then answers the first class, whatever the logits say.
/// </summary>
public sealed class SigmoidTies : Displayed
{
    private readonly Predictions sigmoids;

    private SigmoidTies(Predictions sigmoids, IReadOnlyList<TiedClass> classes)
    {
        this.sigmoids = sigmoids;
        Classes = classes;
    }

    /// <summary>Counts of each true class.</summary>
    public IReadOnlyList<TiedClass> Classes { get; }

    /// <summary>Images with two equal sigmoids.</summary>
    public int Ties => Classes.Sum(row => row.BothOne + row.BothZero + row.OtherTies);

    /// <summary>Answers that would be the second class if the logits decided: what the ties change.</summary>
    public int Changed => Classes.Sum(row => row.LogitsSaySecond);

    /// <summary>Counts ties.</summary>
    /// <param name="sigmoids">A model's answers, two classes, scores by sigmoids in single precision.</param>
    /// <param name="logits">The same model's logits for the same images in the same order.</param>
    /// <exception cref="ArgumentException">There are not two classes, or the two are not of the same images.</exception>
    public static SigmoidTies Of(Predictions sigmoids, Predictions logits)
    {
        ArgumentNullException.ThrowIfNull(sigmoids);
        ArgumentNullException.ThrowIfNull(logits);
        if (sigmoids.ClassNames.Count != 2)
        {
            throw new ArgumentException($"There are {sigmoids.ClassNames.Count} classes ({string.Join(", ", sigmoids.ClassNames)}); ties "
                + "are counted for two.", nameof(sigmoids));
        }

        if (!sigmoids.Items.Select(item => (item.Id, item.Label)).SequenceEqual(logits.Items.Select(item => (item.Id, item.Label))))
        {
            throw new ArgumentException("The sigmoids and the logits are not of the same images in the same order. Predict the same "
                + "source twice, once with each activation.", nameof(logits));
        }

        var rows = sigmoids.Items.Zip(logits.Items).Where(pair => pair.First.Scores[0] == pair.First.Scores[1])
            .Select(pair => (pair.First.Label, Score: pair.First.Scores[0], SecondIsHigher: pair.Second.Scores[1] > pair.Second.Scores[0]))
            .ToArray();
        return new SigmoidTies(sigmoids, [.. sigmoids.ClassNames.Select((name, label) => new TiedClass(
            name,
            sigmoids.Labels.Count(own => own == label),
            rows.Count(row => row.Label == label && row.Score == 1),
            rows.Count(row => row.Label == label && row.Score == 0),
            rows.Count(row => row.Label == label && row.Score is not (0 or 1)),
            rows.Count(row => row.Label == label && row.SecondIsHigher)))]);
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Table();

    private Table Table()
    {
        var (first, second) = (sigmoids.ClassNames[0], sigmoids.ClassNames[1]);
        var table = new Table(
            $"Ties of two sigmoids in single precision, {sigmoids.Count} images",
            TableColumn.Text("true class"), TableColumn.Number("images"), TableColumn.Number("both 1"), TableColumn.Number("both 0"),
                TableColumn.Number("equal otherwise"), TableColumn.Number($"of these, the logits say {second}"));
        foreach (var row in Classes)
        {
            table.Add([row.Name, .. new[] { row.Images, row.BothOne, row.BothZero, row.OtherTies, row.LogitsSaySecond }.Select(count =>
                (TableCell)count.ToString("N0", CultureInfo.InvariantCulture))]);
        }

        return table.Note(Ties == 0
            ? "No two sigmoids are equal: argmax answers what the logits say."
            : $"All {Ties} ties are answered {first}, the first class; in {Changed} of them the logits say {second}.");
    }
}

/// <summary>Ties among the images of one class.</summary>
/// <param name="Name">The true class.</param>
/// <param name="Images">Its images.</param>
/// <param name="BothOne">Both sigmoids are exactly 1.</param>
/// <param name="BothZero">Both are exactly 0.</param>
/// <param name="OtherTies">Both are equal, between 0 and 1.</param>
/// <param name="LogitsSaySecond">Ties in which the second class has the higher logit.</param>
public sealed record TiedClass(string Name, int Images, int BothOne, int BothZero, int OtherTies, int LogitsSaySecond);
