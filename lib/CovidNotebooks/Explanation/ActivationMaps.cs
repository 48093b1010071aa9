using System.Globalization;
using CovidNotebooks.Data;
using CovidNotebooks.Display;

namespace CovidNotebooks.Explanation;

/// <summary>
/// Class-activation maps of some images of a data set. It shows itself as a table of what was looked at, and of how much of the heat lies
/// at the border (<see cref="HeatMap.BorderShare"/>).
/// </summary>
public sealed class ActivationMaps : Displayed
{
    /// <summary>Maps of one model's images, all of one size.</summary>
    /// <param name="dataset">Where the images are from.</param>
    /// <param name="items">The maps; at least one.</param>
    /// <param name="inputHeight">Rows of the images as the model sees them.</param>
    /// <param name="inputWidth">Columns of the images as the model sees them.</param>
    /// <param name="targetClass">The class that all maps explain; null where each explains the class that the model predicted.</param>
    /// <exception cref="ArgumentException">There is no map.</exception>
    public ActivationMaps(
        ImageDataset dataset, IReadOnlyList<ImageActivation> items, int inputHeight, int inputWidth, int? targetClass = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputWidth, 1);
        Items = items.Count > 0 ? items
            : throw new ArgumentException($"There is no map of an image of '{dataset.Name}'. Look at the data card.", nameof(items));
        Dataset = dataset;
        InputHeight = inputHeight;
        InputWidth = inputWidth;
        TargetClass = targetClass;
    }

    /// <summary>Where the images are from.</summary>
    public ImageDataset Dataset { get; }

    /// <summary>The maps, in the order of the data set's files.</summary>
    public IReadOnlyList<ImageActivation> Items { get; }

    /// <summary>Rows of the images as the model sees them.</summary>
    public int InputHeight { get; }

    /// <summary>Columns of the images as the model sees them.</summary>
    public int InputWidth { get; }

    /// <summary>The class that all maps explain; null where each explains the class that the model predicted.</summary>
    public int? TargetClass { get; }

    /// <summary>The same for a chart's subtitle: which class the maps explain.</summary>
    internal string Explained =>
        TargetClass is { } target ? $"what speaks for {Dataset.ClassNames[target]}" : "what speaks for the class that the model predicted";

    /// <inheritdoc/>
    public override DisplayDocument Describe() => Table();

    private Table Table()
    {
        var map = Items[0].Activation.Map;
        var table = new Table(
            $"Grad-CAM, {Dataset.Name}: {Explained}",
            TableColumn.Text("true class"),
            TableColumn.Number("images"),
            TableColumn.Number("predicted right"),
            TableColumn.Number("all-zero maps"),
            TableColumn.Number("heat at the border, mean"));
        for (var label = 0; label < Dataset.ClassNames.Count; label++)
        {
            var own = Items.Where(item => item.Image.Label == label).ToList();
            var heat = own.Where(item => !item.Activation.Map.IsZero).Select(item => item.Activation.Map.BorderShare).ToList();
            table.Add(
                Dataset.ClassNames[label],
                Number(own.Count),
                Number(own.Count(item => item.Activation.PredictedClass == label)),
                Number(own.Count(item => item.Activation.Map.IsZero)),
                heat.Count == 0 ? DisplayedNumber.None : DisplayedNumber.Fixed(heat.Average()));
        }

        return table.Note(
            $"Maps of {map.Height} × {map.Width} values over images of {InputHeight} × {InputWidth} pixels. The border is the outer "
                + $"seventh on each side, {DisplayedNumber.Fixed(map.BorderArea)} of the cells: that share of the heat lies there when a "
                + "map has no pattern. Maps show where the layer found what speaks for a class, not why, and never a diagnosis.");
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
