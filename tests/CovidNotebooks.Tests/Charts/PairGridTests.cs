using CovidNotebooks.Audit;
using CovidNotebooks.Charts;
using CovidNotebooks.Data;
using Tests.Audit;

namespace Tests.CovidNotebooks.Charts;

public sealed class PairGridTests : IDisposable
{
    private readonly MadeImages made = new();

    public void Dispose() => made.Dispose();

    [Fact]
    public void A_pair_stands_in_a_row_with_class_part_and_pixels_of_either_picture()
    {
        var train = made.Make("train", 2, label => 12 + label, _ => 100, "ill", "well");
        var test = made.Make("test", 2, label => 20 + label, _ => 100, "ill", "well");
        made.Damage(test.Images[3]);
        NearDuplicate[] pairs =
        [
            new(new AuditedImage("train", "train/ill-0.png", "ill"), new AuditedImage("test", "test/well-0.png", "well"), .9874),
            new(new AuditedImage("train", "train/well-1.png", "well"), new AuditedImage("test", "test/well-1.png", "well"), -.5),
        ];
        var grid = PairGrid.Of("Pairs", pairs, Split(train, test));
        Assert.Equal(["correlation 0.987", "correlation -0.500"], grid.Rows.Select(row => row.Title));
        Assert.Equal([("train/ill-0.png", "ill, train", 12), ("test/well-0.png", "well, test", 21)],
            grid.Rows[0].Pictures.Select(picture => (picture.Name, picture.Detail!, picture.Image!.Width)));
        Assert.Null(grid.Rows[1].Pictures[1].Image); // One that cannot be read is named all the same.
        Assert.False(grid.MayBePublished);

        // Drawn pictures are nobody's: only where both parts are drawn the grid is.
        ImageDataset Drawn(ImageDataset part) => new(part.Name, part.Root, part.ClassNames, part.Images)
        {
            Collection = ImageDataset.PhantomCollection,
        };
        Assert.True(PairGrid.Of("Pairs", pairs, Split(Drawn(train), Drawn(test))).MayBePublished);
        Assert.False(PairGrid.Of("Pairs", pairs, Split(Drawn(train), test)).MayBePublished);
    }

    private static DatasetSplit Split(ImageDataset train, ImageDataset test) => new("made", [("train", train), ("test", test)]);
}
