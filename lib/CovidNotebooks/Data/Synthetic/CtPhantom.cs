namespace CovidNotebooks.Data.Synthetic;

/// <summary>
/// A synthetic axial CT slice of the chest in a lung window: chest wall with ribs, vertebra, mediastinum, two lungs with vessels; with
/// peripheral ground-glass opacities for the ill.
/// </summary>
internal sealed class CtPhantom
{
    private readonly Opacity[] opacities;
    private readonly ValueNoise vessels;
    private readonly ValueNoise tissue;
    private readonly (double U, double V, double Radius)[] vesselSections;
    private readonly double angle;
    private readonly double scale;
    private readonly double chestWidth;
    private readonly double chestHeight;
    private readonly double lungWidth;
    private readonly double lungHeight;
    private readonly double heartWidth;
    private readonly double wall;
    private readonly double lung;
    private readonly double noise;
    private readonly double ribPhase;

    public CtPhantom(ref RandomStream random, bool ill)
    {
        vessels = new ValueNoise((uint)random.NextBits());
        tissue = new ValueNoise((uint)random.NextBits());
        angle = random.NextNormal() * 0.03;
        scale = 1 + (random.NextNormal() * 0.04);
        chestWidth = random.NextDouble(0.88, 0.95);
        chestHeight = random.NextDouble(0.62, 0.72);
        wall = random.NextDouble(0.10, 0.15);
        lungWidth = random.NextDouble(0.29, 0.34);
        lungHeight = chestHeight - wall - random.NextDouble(0.02, 0.06);
        heartWidth = random.NextDouble(0.20, 0.30);
        lung = random.NextDouble(0.08, 0.17);
        noise = random.NextDouble(0.012, 0.035);
        ribPhase = random.NextDouble();
        vesselSections = new (double, double, double)[26];
        for (var i = 0; i < vesselSections.Length; i++)
        {
            var side = i % 2 == 0 ? -1 : 1;
            var outwards = random.NextDouble();
            var turn = random.NextDouble(-1.2, 1.2);
            vesselSections[i] = (
                side * (0.24 + (0.44 * outwards * Math.Cos(turn))),
                0.02 + (0.42 * outwards * Math.Sin(turn)),
                0.012 + (0.022 * (1 - outwards) * random.NextDouble()));
        }

        opacities = Opacities(ref random, ill);
    }

    /// <summary>Draws the phantom.</summary>
    public byte[] Draw(ref RandomStream random, int width, int height)
    {
        var pixels = new byte[width * height];
        var (sin, cos) = Math.SinCos(angle);
        for (var row = 0; row < height; row++)
        {
            var y = ((row + 0.5) * 2 / height) - 1;
            for (var column = 0; column < width; column++)
            {
                var x = ((column + 0.5) * 2 / width) - 1;
                var u = ((x * cos) - (y * sin)) * scale;
                var v = ((x * sin) + (y * cos)) * scale;
                var grain = (random.NextDouble() + random.NextDouble() - 1) * 2.4 * noise;
                pixels[(row * width) + column] = (byte)(255 * Math.Clamp(Density(u, v) + grain, 0, 1));
            }
        }

        return pixels;
    }

    private double Density(double u, double v)
    {
        var body = Shapes.Ellipse(u, v, 0, 0, chestWidth, chestHeight, 0.008);
        var inside = Shapes.Ellipse(u, v, 0, 0, chestWidth - (wall * 0.5), chestHeight - (wall * 0.5), 0.01);
        var density = (0.50 * body) + (0.26 * inside) + (0.02 * body * tissue.Cloud(u * 6, v * 6)) + (0.03 * (1 - body));
        var lungs = Lungs(u, v);
        density += (lung - density) * lungs;
        density += lungs * Vessels(u, v);
        density += Bones(u, v) * (1 - lungs);
        foreach (var opacity in opacities)
        {
            density += opacity.At(u, v) * lungs;
        }

        var table = Shapes.Edge(0.012 - Math.Abs(v - 0.88 + (0.12 * u * u)), 0.004);
        return density + (0.35 * table);
    }

    private double Lungs(double u, double v)
    {
        var side = Math.Abs(u);
        var inside = Shapes.Ellipse(side, v - 0.02 - (0.12 * (side - 0.45)), 0.46, 0, lungWidth, lungHeight, 0.01);
        var heart = Shapes.Ellipse(u - 0.08, v, 0.02, -0.16, heartWidth + 0.06, 0.27, 0.014);
        var spine = Shapes.Ellipse(u, v, 0, 0.36, 0.17, 0.18, 0.012);
        return inside * (1 - heart) * (1 - spine);
    }

    private double Vessels(double u, double v)
    {
        var sections = 0.0;
        foreach (var (centerU, centerV, radius) in vesselSections)
        {
            var (du, dv) = (u - centerU, v - centerV);
            sections = Math.Max(sections, Shapes.Edge(radius - Math.Sqrt((du * du) + (dv * dv)), 0.006));
        }

        var distance = Math.Abs(Math.Abs(u) - 0.22) + Math.Abs(v);
        var ridge = 1 - Math.Abs(vessels.Cloud(u * 9, v * 9));
        return (0.48 * sections) + (0.30 * Math.Exp(-distance / 0.22) * Math.Pow(ridge, 6));
    }

    private double Bones(double u, double v)
    {
        var vertebra = Shapes.Ellipse(u, v, 0, 0.36, 0.105, 0.095, 0.01);
        var canal = Shapes.Ellipse(u, v, 0, 0.485, 0.045, 0.04, 0.008);
        var arch = Math.Max(Shapes.Bar(u, v, -0.16, 0.50, 0.16, 0.50, 0.022, 0.008), Shapes.Bar(u, v, 0, 0.50, 0, 0.60, 0.022, 0.008));
        var around = Math.Atan2(v / chestHeight, u / chestWidth);
        var radius = Math.Sqrt((u * u / (chestWidth * chestWidth)) + (v * v / (chestHeight * chestHeight)));
        var phase = (around * 9 / (2 * Math.PI)) + ribPhase;
        var ribs = Shapes.Edge(0.2 - Math.Abs(phase - Math.Round(phase)), 0.03) * Shapes.Bell(radius - 0.885, 0.022);
        var sternum = Shapes.Ellipse(u, v, 0, -chestHeight + (wall * 0.75), 0.11, 0.032, 0.008);
        return (0.24 * Math.Max(vertebra, Math.Max(arch, sternum)) * (1 - canal)) + (0.24 * ribs) - (0.15 * canal);
    }

    private static Opacity[] Opacities(ref RandomStream random, bool ill)
    {
        if (!ill)
        {
            return [];
        }

        var severity = random.NextDouble(0.18, 0.55);
        var drawn = new Opacity[2 + random.NextInt(5)];
        for (var i = 0; i < drawn.Length; i++)
        {
            var side = random.NextDouble() < 0.5 ? -1 : 1;
            var turn = random.NextDouble(-0.7, 1.25);
            drawn[i] = new Opacity(
                side * (0.46 + (0.22 * Math.Cos(turn))),
                0.42 * Math.Sin(turn),
                random.NextDouble(0.09, 0.20),
                random.NextDouble(0.09, 0.20),
                severity * random.NextDouble(0.7, 1.2),
                new ValueNoise((uint)random.NextBits()));
        }

        return drawn;
    }
}
