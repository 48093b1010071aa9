namespace CovidNotebooks.Data.Synthetic;

/// <summary>
/// Smooth random texture on the plane: values of a hashed lattice, blended between neighbours. Mean about 0, from -1 to 1.
/// </summary>
internal readonly struct ValueNoise(uint seed)
{
    public double At(double x, double y)
    {
        var column = (int)Math.Floor(x);
        var row = (int)Math.Floor(y);
        var right = Smooth(x - column);
        var down = Smooth(y - row);
        var above = Lattice(column, row) + ((Lattice(column + 1, row) - Lattice(column, row)) * right);
        var below = Lattice(column, row + 1) + ((Lattice(column + 1, row + 1) - Lattice(column, row + 1)) * right);
        return above + ((below - above) * down);
    }

    /// <summary>Two octaves.</summary>
    public double Cloud(double x, double y) => (At(x, y) * 0.65) + (At((x * 2.3) + 17, (y * 2.3) - 9) * 0.35);

    private static double Smooth(double t) => t * t * (3 - (2 * t));

    private double Lattice(int column, int row)
    {
        var hash = unchecked(((uint)column * 0x9E3779B1u) ^ ((uint)row * 0x85EBCA77u) ^ seed);
        hash ^= hash >> 15;
        hash *= 0x2C1B3C6Du;
        hash ^= hash >> 12;
        hash *= 0x297A2D39u;
        hash ^= hash >> 15;
        return (hash / 2147483648.0) - 1;
    }
}
