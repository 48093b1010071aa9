using CovidNotebooks.Data;

namespace CovidNotebooks.Protocols;

/// <summary>Where phantoms are drawn, and how many.</summary>
/// <param name="Folder">Sets are kept in it, each in a folder of its own.</param>
/// <param name="TrainPerClass">Training images of each class; a third of them, at least eight, are drawn for the test.</param>
/// <param name="Seed">Of the drawing.</param>
public sealed record PhantomPlace(string Folder, int TrainPerClass, long Seed = 1)
{
    private const int LeastTestPerClass = 8;

    /// <summary>Draws what a document needs: parts train, val and test, the ill where the document's positive class is.</summary>
    internal DatasetSplit Draw(Protocol document)
    {
        var drawn = Phantoms.Create(Folder, new PhantomOptions
        {
            Kind = document.Phantoms,
            Size = document.ImageSize,
            Seed = Seed,
            TrainPerClass = TrainPerClass,
            TestPerClass = Math.Max(LeastTestPerClass, TrainPerClass / 3),
        });
        if (document.Phantoms == PhantomKind.ChestXray && document.PositiveClass == 0)
        {
            drawn = drawn.Select(part => part.WithClassOrder([.. part.ClassNames.Reverse()]));
        }

        var cut = Splitter.Grouped(drawn["train"], Seed, ("train", .8), ("val", .2));
        return new DatasetSplit(drawn.Title, [.. cut.Parts, ("test", drawn["test"])]) { Rule = drawn.Rule };
    }
}
