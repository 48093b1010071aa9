namespace CovidNotebooks.Data.Synthetic;

/// <summary>Soft-edged shapes that the phantoms are drawn with; positions run from -1 to 1 over the picture.</summary>
internal static class Shapes
{
    /// <summary>0 far below zero, 1 far above, with an edge of the given softness.</summary>
    public static double Edge(double distance, double softness)
    {
        var t = Math.Clamp((distance / (4 * softness)) + 0.5, 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>1 inside an ellipse, 0 outside.</summary>
    public static double Ellipse(double u, double v, double centerU, double centerV, double radiusU, double radiusV, double softness)
    {
        var du = (u - centerU) / radiusU;
        var dv = (v - centerV) / radiusV;
        return Edge((1 - Math.Sqrt((du * du) + (dv * dv))) * Math.Min(radiusU, radiusV), softness);
    }

    /// <summary>1 on a line from one point to another, 0 beyond its half width.</summary>
    public static double Bar(double u, double v, double fromU, double fromV, double toU, double toV, double halfWidth, double softness)
    {
        var (du, dv) = (toU - fromU, toV - fromV);
        var along = Math.Clamp((((u - fromU) * du) + ((v - fromV) * dv)) / ((du * du) + (dv * dv)), 0, 1);
        var (restU, restV) = (u - fromU - (along * du), v - fromV - (along * dv));
        return Edge(halfWidth - Math.Sqrt((restU * restU) + (restV * restV)), softness);
    }

    /// <summary>A bell around 0.</summary>
    public static double Bell(double distance, double width) => Math.Exp(-0.5 * distance * distance / (width * width));
}
