namespace CovidNotebooks.Audit;

/// <summary>How a copy lies to its original: the eight ways in which a picture can be turned by quarters and mirrored.</summary>
public enum PictureTurn
{
    /// <summary>As the original.</summary>
    Upright,

    /// <summary>Left and right exchanged.</summary>
    Mirrored,

    /// <summary>Top and bottom exchanged.</summary>
    UpsideDown,

    /// <summary>Turned by 180°.</summary>
    HalfTurn,

    /// <summary>Rows and columns exchanged.</summary>
    Transposed,

    /// <summary>Turned by 90° clockwise.</summary>
    Clockwise,

    /// <summary>Turned by 90° anticlockwise.</summary>
    Anticlockwise,

    /// <summary>Rows and columns exchanged, turned by 180°.</summary>
    TransposedHalfTurn,
}

/// <summary>Turns square pictures that are kept as rows.</summary>
internal static class PictureTurns
{
    /// <summary>All of them, upright first.</summary>
    public static IReadOnlyList<PictureTurn> All { get; } = Enum.GetValues<PictureTurn>();

    /// <summary>What brings a turned picture back.</summary>
    public static PictureTurn Inverse(PictureTurn turn) => turn switch
    {
        PictureTurn.Clockwise => PictureTurn.Anticlockwise,
        PictureTurn.Anticlockwise => PictureTurn.Clockwise,
        _ => turn,
    };

    /// <summary>A square picture turned.</summary>
    public static T[] Of<T>(T[] picture, int side, PictureTurn turn)
    {
        var turned = new T[picture.Length];
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
            {
                var (y, x) = (side - 1 - row, side - 1 - column);
                turned[(row * side) + column] = turn switch
                {
                    PictureTurn.Mirrored => picture[(row * side) + x],
                    PictureTurn.UpsideDown => picture[(y * side) + column],
                    PictureTurn.HalfTurn => picture[(y * side) + x],
                    PictureTurn.Transposed => picture[(column * side) + row],
                    PictureTurn.Clockwise => picture[(x * side) + row],
                    PictureTurn.Anticlockwise => picture[(column * side) + y],
                    PictureTurn.TransposedHalfTurn => picture[(x * side) + y],
                    _ => picture[(row * side) + column],
                };
            }
        }

        return turned;
    }
}
