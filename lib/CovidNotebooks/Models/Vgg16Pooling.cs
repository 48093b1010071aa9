namespace CovidNotebooks.Models;

/// <summary>What the head of <see cref="CovidXrayVgg16"/> sees of the trunk's map of 7 × 7 cells.</summary>
public enum Vgg16Pooling
{
    /// <summary>
    /// As published: the average of a 4 × 4 window with Keras' 'valid' padding. Only one such window fits, at the top left: 16 of 49 cells.
    /// </summary>
    TopLeftWindow,

    /// <summary>The average over the whole map.</summary>
    WholeMap,
}
