using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Tests.Notebooks;

/// <summary>A stored run, written by hand as plain files: nothing of the kit makes it.</summary>
/// <param name="Name">Its name, and the end of its folder's.</param>
/// <param name="Classes">Names of the two classes, in the order of their numbers.</param>
/// <param name="Positive">The number of the positive class.</param>
public sealed record MadeUpRun(string Name, string[] Classes, int Positive)
{
    /// <summary>Its settings.</summary>
    public JsonObject Parameters { get; init; } = [];

    /// <summary>Images a class.</summary>
    public int Images { get; init; } = 20;

    /// <summary>How many images of the positive class are called negative, the first ones.</summary>
    public int Missed { get; init; }

    /// <summary>Makes the names of its images differ from other runs'.</summary>
    public string Set { get; init; } = "test";

    /// <summary>Writes its folder below a store's.</summary>
    public void Write(string store)
    {
        var id = "20210304-050607-" + Name;
        var folder = Directory.CreateDirectory(Path.Combine(store, id)).FullName;
        var metrics = new JsonObject { ["accuracy"] = 1 - (Missed / (2.0 * Images)), ["roc_auc"] = .9 };
        var run = new JsonObject
        {
            ["format"] = 1,
            ["id"] = id,
            ["name"] = Name,
            ["status"] = "finished",
            ["started"] = "2021-03-04T05:06:07+00:00",
            ["ended"] = "2021-03-04T05:07:07+00:00",
            ["heartbeat"] = "2021-03-04T05:07:07+00:00",
            ["parameters"] = Parameters.DeepClone(),
            ["results"] = metrics,
            ["metricLines"] = 2,
            ["files"] = new JsonObject(),
        };
        File.WriteAllText(Path.Combine(folder, "run.json"), run.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "metrics.jsonl"), Epoch(1, .9, .5) + Epoch(2, .6, .7));
        File.WriteAllText(Path.Combine(folder, "predictions.csv"), Predictions());
    }

    private static string Epoch(int step, double loss, double accuracy) => new JsonObject
    {
        ["step"] = step,
        ["time"] = "2021-03-04T05:06:07+00:00",
        ["values"] = new JsonObject
        {
            ["loss"] = loss,
            ["accuracy"] = accuracy,
            ["val_loss"] = loss,
            ["val_accuracy"] = accuracy,
            ["seconds"] = 1,
        },
    }.ToJsonString() + "\n";

    private string Predictions()
    {
        var names = Classes.Select((name, number) => (number == Positive ? "positive-score:" : "score:") + name);
        var text = new StringBuilder("id,group,source,label,loss,").AppendJoin(',', names).Append('\n');
        for (var i = 0; i < 2 * Images; i++)
        {
            var label = i % 2;
            var score = (label == Positive) != (label == Positive && i / 2 < Missed) ? .6 + (i * .001) : .1 + (i * .001);
            var scores = Positive == 1 ? (1 - score, score) : (score, 1 - score);
            text.Append(CultureInfo.InvariantCulture, $"{Set}/{i}.png,,,{label},0.5,{scores.Item1},{scores.Item2}\n");
        }

        return text.ToString();
    }
}
