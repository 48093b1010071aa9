using System.Data;
using System.Globalization;

namespace Microsoft.Data.Analysis;

/// <summary>Frames from and to rows of objects.</summary>
public partial class DataFrame
{
    public static DataFrame LoadFrom(IEnumerable<IList<object>> vals, IList<(string, Type)> columnInfos)
    {
        ArgumentNullException.ThrowIfNull(vals);
        ArgumentNullException.ThrowIfNull(columnInfos);
        var frame = new DataFrame(columnInfos.Select(info => CsvColumn.Empty(info.Item1, info.Item2)));
        foreach (var row in vals)
        {
            frame.Append(row, inPlace: true, CultureInfo.InvariantCulture);
        }

        return frame;
    }

    public DataTable ToTable()
    {
        var table = new DataTable();
        foreach (var column in Columns)
        {
            table.Columns.Add(column.Name, column.DataType);
        }

        foreach (var row in Rows)
        {
            table.Rows.Add([.. row.Select(value => value ?? DBNull.Value)]);
        }

        return table;
    }
}
