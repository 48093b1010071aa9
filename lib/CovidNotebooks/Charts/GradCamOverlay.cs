using CovidNotebooks.Data;
using CovidNotebooks.Data.Imaging;
using CovidNotebooks.Display;
using CovidNotebooks.Explanation;

namespace CovidNotebooks.Charts;

/// <summary>Class-activation maps over the images that they explain.</summary>
public static class GradCamOverlay
{
    /// <summary>How much of a picture the strongest colour covers; where the map is 0, the picture is as it was.</summary>
    private const double Opacity = .6;

    /// <summary>For each class a row of pictures and, below, the same with their maps; the files read as a loader reads them.</summary>
    /// <param name="maps">What to show; the first of each class.</param>
    /// <param name="perClass">Pictures a class; five fit beside each other.</param>
    public static PictureGrid Of(ActivationMaps maps, int perClass = 5)
    {
        ArgumentNullException.ThrowIfNull(maps);
        return Of(maps, PictureReading.From(maps.Dataset), perClass);
    }

    /// <summary>For each class a row of pictures and, below, the same with their maps.</summary>
    /// <param name="maps">What to show; the first of each class.</param>
    /// <param name="read">Reads one image; what it throws as <see cref="BadImageException"/> shows in the picture's place.</param>
    /// <param name="perClass">Pictures a class; five fit beside each other.</param>
    /// <remarks>A map covers the whole image: where a loader cuts a part out of each, the pictures do not show what the model
    /// saw.</remarks>
    public static PictureGrid Of(ActivationMaps maps, Func<LabeledImage, PixelImage> read, int perClass = 5)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        var rows = maps.Dataset.ClassNames.SelectMany((name, label) =>
        {
            var shown = maps.Items.Where(item => item.Image.Label == label).Take(perClass)
                .Select(item => (Item: item, Picture: PictureReading.Of(item.Image, read, null))).ToArray();
            return shown.Length == 0 ? Array.Empty<PictureRow>() :
            [
                new PictureRow($"True class {name}", [.. shown.Select(pair => pair.Picture)]),
                new PictureRow(null, [.. shown.Select(pair => Covered(pair.Picture, pair.Item.Activation, maps.Dataset.ClassNames))]),
            ];
        }).ToArray();
        return new PictureGrid($"Grad-CAM: {maps.Explained}", rows,
            "the brighter the colour, from violet to yellow, the more; each map is divided by its own maximum")
        { MayBePublished = maps.Dataset.PicturesMayBePublished };
    }

    /// <summary>A picture with a map over it: colour and its opacity grow with the value divided by the map's maximum.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="map">The map of the whole picture; resized to it.</param>
    /// <returns>Three channels, the size of the picture.</returns>
    public static PixelImage Blend(PixelImage image, HeatMap map)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(map);
        var heats = map.Relative().Resize(image.Height, image.Width).Values;
        var blended = (byte[])image.ToRgb().Pixels.Clone();
        for (var i = 0; i < heats.Count; i++)
        {
            var (red, green, blue) = HeatColors.Of(heats[i]);
            var opacity = Opacity * heats[i];
            blended[3 * i] = Mix(blended[3 * i], red, opacity);
            blended[(3 * i) + 1] = Mix(blended[(3 * i) + 1], green, opacity);
            blended[(3 * i) + 2] = Mix(blended[(3 * i) + 2], blue, opacity);
        }

        return new PixelImage(image.Width, image.Height, 3, blended);
    }

    private static Picture Covered(Picture picture, ClassActivation activation, IReadOnlyList<string> classNames)
    {
        var said =
            $"called {classNames[activation.PredictedClass]}; {classNames[activation.TargetClass]} has logit "
            + $"{DisplayedNumber.Fixed(activation.Score, 2)}{(activation.Map.IsZero ? ", map all zero" : "")}";
        return picture.Image is { } image ? picture with { Image = Blend(PictureGrid.Thumbnail(image), activation.Map), Detail = said }
            : picture;
    }

    private static byte Mix(byte pixel, double color, double opacity) => (byte)Math.Round(pixel + ((color - pixel) * opacity));
}
