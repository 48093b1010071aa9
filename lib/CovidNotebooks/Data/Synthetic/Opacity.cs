namespace CovidNotebooks.Data.Synthetic;

/// <summary>A hazy patch in a lung: ground glass or consolidation.</summary>
internal readonly record struct Opacity(double U, double V, double RadiusU, double RadiusV, double Strength, ValueNoise Texture)
{
    /// <summary>How much brighter the patch makes a point; ragged and uneven, without a sharp border.</summary>
    public double At(double u, double v)
    {
        var du = (u - U) / RadiusU;
        var dv = (v - V) / RadiusV;
        var squared = (du * du) + (dv * dv);
        if (squared > 6)
        {
            return 0;
        }

        var ragged = squared * (1 + (0.55 * Texture.At(u * 9, v * 9)));
        return Strength * Math.Exp(-ragged) * (0.8 + (0.35 * Texture.Cloud((u * 22) + 5, v * 22)));
    }
}
