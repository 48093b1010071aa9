using System.Globalization;

namespace SixLabors.ImageSharp;

/// <summary>A place and a size in pixels.</summary>
public struct Rectangle : IEquatable<Rectangle>
{
    public static readonly Rectangle Empty;

    public Rectangle(int x, int y, int width, int height) => (X, Y, Width, Height) = (x, y, width, height);

    public Rectangle(Point point, Size size)
        : this(point.X, point.Y, size.Width, size.Height)
    {
    }

    public int X { get; set; }

    public int Y { get; set; }

    public int Width { get; set; }

    public int Height { get; set; }

    public Point Location
    {
        readonly get => new(X, Y);
        set => (X, Y) = (value.X, value.Y);
    }

    public Size Size
    {
        readonly get => new(Width, Height);
        set => (Width, Height) = (value.Width, value.Height);
    }

    public readonly bool IsEmpty => Equals(Empty);

    public readonly int Left => X;

    public readonly int Top => Y;

    public readonly int Right => X + Width;

    public readonly int Bottom => Y + Height;

    public static bool operator ==(Rectangle left, Rectangle right) => left.Equals(right);

    public static bool operator !=(Rectangle left, Rectangle right) => !left.Equals(right);

    public static Rectangle FromLTRB(int left, int top, int right, int bottom) => new(left, top, right - left, bottom - top);

    public static Rectangle Intersect(Rectangle a, Rectangle b)
    {
        var (left, top, right, bottom) = (Math.Max(a.X, b.X), Math.Max(a.Y, b.Y), Math.Min(a.Right, b.Right), Math.Min(a.Bottom, b.Bottom));
        return right >= left && bottom >= top ? FromLTRB(left, top, right, bottom) : Empty;
    }

    public readonly bool Contains(int x, int y) => X <= x && x < Right && Y <= y && y < Bottom;

    public readonly bool Contains(Point point) => Contains(point.X, point.Y);

    public readonly bool Contains(Rectangle rectangle) =>
        X <= rectangle.X && rectangle.Right <= Right && Y <= rectangle.Y && rectangle.Bottom <= Bottom;

    public readonly void Deconstruct(out int x, out int y, out int width, out int height) => (x, y, width, height) = (X, Y, Width, Height);

    public readonly bool Equals(Rectangle other) => X == other.X && Y == other.Y && Width == other.Width && Height == other.Height;

    public override readonly bool Equals(object? obj) => obj is Rectangle other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(X, Y, Width, Height);

    public override readonly string ToString() => string.Create(CultureInfo.InvariantCulture, $"Rectangle [ X={X}, Y={Y}, Width={Width}, Height={Height} ]");
}
