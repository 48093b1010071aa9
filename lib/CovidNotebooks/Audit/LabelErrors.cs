using System.Globalization;
using CovidNotebooks.Display;
using CovidNotebooks.Evaluation;

namespace CovidNotebooks.Audit;

/// <summary>An image whose label a person should look at.</summary>
/// <param name="Id">The image.</param>
/// <param name="Given">The class that it is labelled with.</param>
/// <param name="Suggested">The class that its scores speak for.</param>
/// <param name="SelfConfidence">The score of the given class: the smaller, the more doubtful.</param>
/// <param name="Rank">Its place among all images by that score, from 1, the most doubtful.</param>
public sealed record LabelErrorCandidate(string Id, string Given, string Suggested, double SelfConfidence, int Rank);

/// <summary>
/// Probable label errors by confident learning (Northcutt, Jiang and Chuang, Journal of Artificial Intelligence Research 70, 2021): an
/// image is a candidate when its score of another class is at least what images of that class reach on average. Candidates to look at, not
/// corrections.
/// </summary>
/// <remarks>
/// The scores must come from models that did not see the image in training (<see cref="OutOfFold"/>): a model that has learnt a wrong label
/// believes it. What such a model cannot tell apart, this method cannot either: look at the recall on planted flips
/// (<see cref="Planted.FlippedLabels"/>) before trusting it.
/// </remarks>
public sealed class LabelErrors : Displayed
{
    private const int MostShown = 20;
    private readonly Dictionary<string, int> ranks;

    private LabelErrors(
        IReadOnlyList<double> thresholds,
        IReadOnlyList<IReadOnlyList<int>> joint,
        double estimated,
        IReadOnlyList<LabelErrorCandidate> candidates,
        Dictionary<string, int> ranks)
    {
        Thresholds = thresholds;
        ConfidentJoint = joint;
        Estimated = estimated;
        Candidates = candidates;
        this.ranks = ranks;
    }

    /// <summary>For each class, the mean score of the class among the images labelled with it: t of the paper's equation 2.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>How many images labelled with a class (row) are confidently of a class (column): C of the paper's equation 1.</summary>
    public IReadOnlyList<IReadOnlyList<int>> ConfidentJoint { get; }

    /// <summary>
    /// The estimated number of wrong labels: the off-diagonal of the confident joint, calibrated to the number of images of each label
    /// (equation 3).
    /// </summary>
    public double Estimated { get; }

    /// <summary>The images off the diagonal of the confident joint, the most doubtful first.</summary>
    public IReadOnlyList<LabelErrorCandidate> Candidates { get; }

    /// <summary>Images in all.</summary>
    public int Count => ranks.Count;

    /// <summary>The place of an image among all, from 1, the most doubtful: by the score of its given class.</summary>
    /// <exception cref="KeyNotFoundException">There is no such image.</exception>
    public int RankOf(string id) => ranks[id];

    /// <summary>Looks for probable label errors.</summary>
    /// <param name="outOfFold">Scores of models that did not see the image they score; every class occurs among the labels.</param>
    /// <exception cref="UndefinedMetricException">A class has no image.</exception>
    public static LabelErrors Of(Predictions outOfFold)
    {
        ArgumentNullException.ThrowIfNull(outOfFold);
        var classes = outOfFold.ClassNames.Count;
        var thresholds = new double[classes];
        for (var label = 0; label < classes; label++)
        {
            var own = outOfFold.Items.Where(item => item.Label == label).ToArray();
            thresholds[label] = own.Length > 0
                ? own.Average(item => item.Scores[label])
                : throw new UndefinedMetricException("probable label errors", $"no image is labelled {outOfFold.ClassNames[label]}");
        }

        var order = Enumerable.Range(0, outOfFold.Count).OrderBy(i => outOfFold.Items[i].Scores[outOfFold.Items[i].Label]).ThenBy(i => i)
            .ToArray();
        var rankOf = order.Select((i, rank) => (outOfFold.Items[i].Id, Rank: rank + 1))
            .ToDictionary(pair => pair.Id, pair => pair.Rank, StringComparer.Ordinal);
        var joint = Enumerable.Range(0, classes).Select(_ => new int[classes]).ToArray();
        var candidates = new List<LabelErrorCandidate>();
        foreach (var item in order.Select(i => outOfFold.Items[i]))
        {
            var confident = Enumerable.Range(0, classes).Where(label => item.Scores[label] >= thresholds[label]).ToArray();
            if (confident.Length == 0)
            {
                continue;
            }

            var likely = confident.MaxBy(label => item.Scores[label]);
            joint[item.Label][likely]++;
            if (likely != item.Label)
            {
                candidates.Add(
                    new LabelErrorCandidate(
                        item.Id, outOfFold.ClassNames[item.Label], outOfFold.ClassNames[likely], item.Scores[item.Label], rankOf[item.Id]));
            }
        }

        var estimated = Enumerable.Range(0, classes).Sum(label =>
            joint[label].Sum() == 0 ? 0
            : (joint[label].Sum() - joint[label][label]) / (double)joint[label].Sum() * outOfFold.Labels.Count(given => given == label));
        return new LabelErrors(thresholds, joint, estimated, candidates, rankOf);
    }

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Table();

    private Table Table()
    {
        var table = new Table(
            string.Create(CultureInfo.InvariantCulture, $"Probable label errors: {Candidates.Count:N0} of {Count:N0} images to look at"),
            TableColumn.Number("rank"),
            TableColumn.Text("image"),
            TableColumn.Text("labelled"),
            TableColumn.Text("scores speak for"),
            TableColumn.Number("score of the label"));
        foreach (var candidate in Candidates.Take(MostShown))
        {
            table.Add(
                candidate.Rank.ToString(CultureInfo.InvariantCulture),
                candidate.Id,
                candidate.Given,
                candidate.Suggested,
                DisplayedNumber.Fixed(candidate.SelfConfidence));
        }

        return table
            .Note(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Estimated wrong labels: {Estimated:0.#}. Confident learning (Northcutt 2021) on scores of models that did not "
                        + $"see the image; a candidate is a question to a person, not a correction."))
            .Note(
                Candidates.Count > MostShown ? string.Create(CultureInfo.InvariantCulture, $"And {Candidates.Count - MostShown:N0} more.")
                : "Where the model cannot tell the classes apart, neither can this.");
    }
}
