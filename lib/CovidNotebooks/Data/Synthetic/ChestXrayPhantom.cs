namespace CovidNotebooks.Data.Synthetic;

/// <summary>
/// A synthetic frontal chest X-ray: soft tissue, two lungs, mediastinum and heart, spine, ribs, collar bones, diaphragm and hilar vessels;
/// with patchy opacities in the lungs for the ill. Every draw varies anatomy, position and exposure in the same way for both classes.
/// </summary>
internal sealed class ChestXrayPhantom
{
    private readonly Opacity[] opacities;
    private readonly ValueNoise vessels;
    private readonly ValueNoise tissue;
    private readonly double angle;
    private readonly double scale;
    private readonly double shiftU;
    private readonly double shiftV;
    private readonly double lungWidth;
    private readonly double apex;
    private readonly double baseRight;
    private readonly double baseLeft;
    private readonly double heartU;
    private readonly double heartV;
    private readonly double heartWidth;
    private readonly double ribSpacing;
    private readonly double ribPhase;
    private readonly double ribStrength;
    private readonly double vesselStrength;
    private readonly double air;
    private readonly double exposure;
    private readonly double contrast;
    private readonly double noise;
    private readonly double bubble;
    private readonly (int Side, double Level, double Strength)? fluid;

    /// <param name="random">The draws.</param>
    /// <param name="ill">With patchy opacities.</param>
    /// <param name="fluid">With fluid that stands at the base of one lung, drawn last so that it changes no other draw.</param>
    public ChestXrayPhantom(ref RandomStream random, bool ill, bool fluid = false)
    {
        vessels = new ValueNoise((uint)random.NextBits());
        tissue = new ValueNoise((uint)random.NextBits());
        angle = random.NextNormal() * 0.035;
        scale = 1 + (random.NextNormal() * 0.05);
        shiftU = random.NextNormal() * 0.035;
        shiftV = random.NextNormal() * 0.04;
        lungWidth = random.NextDouble(0.56, 0.66);
        apex = random.NextDouble(-0.80, -0.70);
        baseRight = random.NextDouble(0.46, 0.62);
        baseLeft = baseRight + random.NextDouble(0.02, 0.09);
        heartU = random.NextDouble(0.10, 0.19);
        heartV = random.NextDouble(0.24, 0.34);
        heartWidth = random.NextDouble(0.26, 0.36);
        ribSpacing = random.NextDouble(0.165, 0.205);
        ribPhase = random.NextDouble();
        ribStrength = random.NextDouble(0.05, 0.10);
        vesselStrength = random.NextDouble(0.10, 0.22);
        air = random.NextDouble(0.36, 0.42);
        exposure = random.NextNormal() * 0.02;
        contrast = random.NextDouble(0.92, 1.08);
        noise = random.NextDouble(0.010, 0.028);
        bubble = random.NextDouble() < 0.4 ? random.NextDouble(0.08, 0.2) : 0;
        opacities = Opacities(ref random, ill);
        this.fluid = fluid ? (random.NextDouble() < 0.5 ? -1 : 1, random.NextDouble(0.0, 0.3), random.NextDouble(0.22, 0.36)) : null;
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
                var u = ((x * cos) - (y * sin) - shiftU) * scale;
                var v = ((x * sin) + (y * cos) - shiftV) * scale;
                var grain = (random.NextDouble() + random.NextDouble() - 1) * 2.4 * noise;
                var value = 0.5 + ((Density(u, v) - 0.5) * contrast) + exposure + grain;
                pixels[(row * width) + column] = (byte)(255 * Math.Clamp(value, 0, 1));
            }
        }

        return pixels;
    }

    private double Density(double u, double v)
    {
        var side = Math.Abs(u);
        var shoulders = 0.34 + (0.62 * Shapes.Edge(v + 0.78, 0.09)) - (0.07 * Shapes.Edge(v - 0.1, 0.25));
        var body = Shapes.Edge(shoulders - side, 0.02);
        if (body == 0)
        {
            return 0;
        }

        var density = body * (0.50 + (0.05 * v) + (0.03 * tissue.Cloud(u * 3, v * 3)) - (0.12 * Shapes.Edge(side - 0.75, 0.06)));
        var lungs = Lungs(u, v, side);
        var heart = Shapes.Ellipse(u + (0.35 * (v - heartV)), v, heartU, heartV, heartWidth, 0.35, 0.03);
        var mediastinum = Shapes.Edge(0.15 + (0.04 * v) - Math.Abs(u - 0.015), 0.03) * Shapes.Edge(v + 0.85, 0.05);
        var covered = Math.Max(heart * 0.78, mediastinum * 0.9);
        var aired = lungs * (1 - covered);
        density -= air * aired * (0.92 + (0.08 * Shapes.Edge(side - 0.3, 0.1)));
        density += body * ((0.11 * heart) + (0.14 * mediastinum));
        density += body * 0.17 * Shapes.Edge(v - Diaphragm(u), 0.012) * Shapes.Edge(0.78 - side, 0.06);
        density -= bubble * Shapes.Ellipse(u, v, 0.36, Diaphragm(0.36) + 0.13, 0.14, 0.08, 0.015);
        density -= 0.13 * Shapes.Edge(0.042 - Math.Abs(u - 0.01), 0.012) * Shapes.Edge(-0.30 - v, 0.06) * body;
        density += body * Bones(u, v, side);
        density += aired * Vessels(u, v);
        foreach (var opacity in opacities)
        {
            density += opacity.At(u, v) * lungs * (1 - (0.7 * covered));
        }

        return this.fluid is { } fluid && u * fluid.Side > 0
            ? density + (fluid.Strength * lungs * (1 - (0.7 * covered)) * Shapes.Edge(v - fluid.Level + (0.25 * (side - 0.3)), 0.05))
            : density;
    }

    private double Lungs(double u, double v, double side)
    {
        var reach = Math.Clamp((v - apex) / 0.62, 0, 1);
        var lateral = 0.30 + ((lungWidth + 0.12 - 0.30) * Math.Sqrt(1 - ((1 - reach) * (1 - reach))));
        var medial = 0.10 + (0.05 * Math.Clamp(v, 0, 1));
        var top = apex + (2.2 * (side - 0.30) * (side - 0.30));
        return Shapes.Edge(lateral - side, 0.016) * Shapes.Edge(side - medial, 0.02) * Shapes.Edge(v - top, 0.02) * Shapes.Edge(
            Diaphragm(u) - v, 0.012);
    }

    /// <summary>
    /// The height of the diaphragm: two domes, the patient's right one (left in the picture) higher, steep angles at the ribs.
    /// </summary>
    private double Diaphragm(double u)
    {
        var dome = baseRight + ((baseLeft - baseRight) * Shapes.Edge(u, 0.06));
        var offset = Math.Abs(u) - 0.32;
        return dome + (offset > 0 ? 2.0 * offset * offset * (1 + (1.5 * offset)) : 0.9 * offset * offset);
    }

    private double Bones(double u, double v, double side)
    {
        var cage = Shapes.Edge(lungWidth + 0.16 - side, 0.03) * Shapes.Edge(v + 0.82, 0.04) * Shapes.Edge(0.75 - v, 0.08);
        var posterior = Rib(((v + (0.22 * side) - (0.75 * side * side)) / ribSpacing) + ribPhase, 0.19) * Shapes.Edge(side - 0.08, 0.03);
        var anterior = Rib(
            ((v - (0.55 * side)) / (ribSpacing * 1.15)) + (ribPhase * 1.7),
            0.15) * Shapes.Edge(side - 0.34, 0.06) * Shapes.Edge(0.35 - v, 0.1);
        var spine = Shapes.Edge(0.075 - Math.Abs(u), 0.012) * (0.05 + (0.035 * Math.Cos(v * 2 * Math.PI / 0.15)));
        var collar = Math.Max(
            Shapes.Bar(u, v, 0.10, -0.60, 0.72, -0.83, 0.028, 0.012),
            Shapes.Bar(u, v, -0.10, -0.60, -0.72, -0.83, 0.028, 0.012));
        return (cage * ribStrength * (posterior + (0.55 * anterior))) + spine + (0.13 * collar);
    }

    /// <summary>A band a period of 1 with slightly brighter borders, as cortical bone has.</summary>
    private static double Rib(double phase, double halfWidth)
    {
        var distance = Math.Abs(phase - Math.Round(phase));
        return Shapes.Edge(halfWidth - distance, 0.04) * (0.75 + (0.5 * Shapes.Bell(distance - (halfWidth * 0.75), 0.06)));
    }

    private double Vessels(double u, double v)
    {
        var (du, dv) = (Math.Abs(u) - 0.20, v + 0.08);
        var distance = Math.Sqrt((du * du) + (dv * dv));
        var ridge = 1 - Math.Abs(vessels.Cloud((u * 8) + (v * 2), v * 7));
        return vesselStrength * Math.Exp(-distance / 0.28) * (0.25 + (ridge * ridge * ridge));
    }

    private static Opacity[] Opacities(ref RandomStream random, bool ill)
    {
        if (!ill)
        {
            return [];
        }

        var severity = random.NextDouble(0.20, 0.52);
        var drawn = new Opacity[2 + random.NextInt(4)];
        for (var i = 0; i < drawn.Length; i++)
        {
            var side = random.NextDouble() < 0.5 ? -1 : 1;
            drawn[i] = new Opacity(
                side * random.NextDouble(0.26, 0.60),
                random.NextDouble(-0.40, 0.42),
                random.NextDouble(0.14, 0.32),
                random.NextDouble(0.14, 0.32),
                severity * random.NextDouble(0.7, 1.2),
                new ValueNoise((uint)random.NextBits()));
        }

        return drawn;
    }
}
