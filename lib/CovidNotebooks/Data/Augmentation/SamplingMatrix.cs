namespace CovidNotebooks.Data.Augmentation;

/// <summary>
/// Where each output pixel is sampled: input row = RowFromRow · r + RowFromColumn · c + RowOffset, and likewise the column.
/// </summary>
public readonly record struct SamplingMatrix(
    double RowFromRow, double RowFromColumn, double RowOffset, double ColumnFromRow, double ColumnFromColumn, double ColumnOffset)
{
    /// <summary>The identity.</summary>
    public static SamplingMatrix Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>
    /// The matrix of <c>apply_affine_transform</c> in keras_preprocessing 1.1.2: rotation, shift, shear and zoom, in this order, about the
    /// point (height / 2 + 0.5, width / 2 + 0.5), one pixel beyond the true centre. Neutral parts are left out.
    /// </summary>
    public static SamplingMatrix Keras(AffineParameters parameters, int height, int width)
    {
        var matrix = Identity;
        if (parameters.Theta != 0)
        {
            var theta = parameters.Theta * (Math.PI / 180);
            var (sin, cos) = (Math.Sin(theta), Math.Cos(theta));
            matrix = matrix.Times(new SamplingMatrix(cos, -sin, 0, sin, cos, 0));
        }

        if (parameters.RowShift != 0 || parameters.ColumnShift != 0)
        {
            matrix = matrix.Times(new SamplingMatrix(1, 0, parameters.RowShift, 0, 1, parameters.ColumnShift));
        }

        if (parameters.Shear != 0)
        {
            var shear = parameters.Shear * (Math.PI / 180);
            matrix = matrix.Times(new SamplingMatrix(1, -Math.Sin(shear), 0, 0, Math.Cos(shear), 0));
        }

        if (parameters.RowZoom != 1 || parameters.ColumnZoom != 1)
        {
            matrix = matrix.Times(new SamplingMatrix(parameters.RowZoom, 0, 0, 0, parameters.ColumnZoom, 0));
        }

        var centerRow = (height / 2.0) + 0.5;
        var centerColumn = (width / 2.0) + 0.5;
        return new SamplingMatrix(1, 0, centerRow, 0, 1, centerColumn).Times(matrix)
            .Times(new SamplingMatrix(1, 0, -centerRow, 0, 1, -centerColumn));
    }

    /// <summary>
    /// The product, rounded as numpy's matrix product rounds it: where a position lies exactly on the border, that decides what shows.
    /// </summary>
    private SamplingMatrix Times(SamplingMatrix other) => new(
        Math.FusedMultiplyAdd(RowFromColumn, other.ColumnFromRow, RowFromRow * other.RowFromRow),
        Math.FusedMultiplyAdd(RowFromColumn, other.ColumnFromColumn, RowFromRow * other.RowFromColumn),
        Math.FusedMultiplyAdd(RowFromColumn, other.ColumnOffset, RowFromRow * other.RowOffset) + RowOffset,
        Math.FusedMultiplyAdd(ColumnFromColumn, other.ColumnFromRow, ColumnFromRow * other.RowFromRow),
        Math.FusedMultiplyAdd(ColumnFromColumn, other.ColumnFromColumn, ColumnFromRow * other.RowFromColumn),
        Math.FusedMultiplyAdd(ColumnFromColumn, other.ColumnOffset, ColumnFromRow * other.RowOffset) + ColumnOffset);
}
