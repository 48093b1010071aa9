using System.Globalization;

namespace CovidNotebooks.Display;

/// <summary>
/// A table that shows itself as HTML (inline styles, readable on light and on dark pages), as aligned lines of text, and as Markdown.
/// </summary>
/// <param name="caption">What the table is of, or null.</param>
/// <param name="columns">Its columns, from left to right; at least one.</param>
public sealed class Table(string? caption, params TableColumn[] columns) : DisplayBlock
{
    private readonly TableColumn[] columns = columns.Length > 0
        ? columns
        : throw new ArgumentException("A table needs at least one column, none was given. Name the columns after the caption.",
            nameof(columns));

    private readonly List<TableCell[]> rows = [];
    private readonly List<string> notes = [];

    /// <summary>What the table is of, or null.</summary>
    public string? Caption { get; } = caption;

    /// <summary>The columns, from left to right.</summary>
    public IReadOnlyList<TableColumn> Columns => columns;

    /// <summary>The rows in the order in which they were added; each has one cell a column.</summary>
    public IReadOnlyList<IReadOnlyList<TableCell>> Rows => rows;

    /// <summary>Lines below the table.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>In HTML the rows stand in so many columns beside each other; 1 by default.</summary>
    public int SideBySide { get; private set; } = 1;

    /// <summary>A row for each item, a column for each function of it.</summary>
    /// <typeparam name="T">What a row is of.</typeparam>
    /// <param name="caption">What the table is of, or null.</param>
    /// <param name="items">One a row.</param>
    /// <param name="columns">
    /// The header of each column and what stands in it: whole numbers and texts as they are, floating-point numbers with three decimals,
    /// null as a dash, anything else by its
    /// own text. A column that holds numbers only stands on the right.
    /// </param>
    /// <example><code>Table.Of("Networks", networks, ("name", row => row.Name), ("accuracy", row => row.Accuracy))</code></example>
    public static Table Of<T>(string? caption, IEnumerable<T> items, params (string Header, Func<T, object?> Value)[] columns)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(columns);
        var values = items.Select(item => columns.Select(column => column.Value(item)).ToArray()).ToArray();
        var table = new Table(caption, [.. columns.Select((column, i) => new TableColumn(
            column.Header, values.Length > 0 && values.All(row => IsNumber(row[i])) && values.Any(row => row[i] is not null)
                ? CellAlignment.Right : CellAlignment.Left))]);
        foreach (var row in values)
        {
            table.Add([.. row.Select(Cell)]);
        }

        return table;
    }

    /// <inheritdoc cref="Of{T}(string?, IEnumerable{T}, ValueTuple{string, Func{T, object?}}[])"/>
    public static Table Of<T>(IEnumerable<T> items, params (string Header, Func<T, object?> Value)[] columns) => Of(null, items, columns);

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One cell a column.</param>
    /// <returns>This table, so that calls can be chained.</returns>
    /// <exception cref="ArgumentException">The number of cells is not the number of columns.</exception>
    public Table Add(params TableCell[] cells)
    {
        if (cells.Length != columns.Length)
        {
            var headers = string.Join(", ", columns.Select(column => column.Header));
            throw new ArgumentException(
                $"The row has {cells.Length} cells, the table {columns.Length} columns ({headers}). Give one cell a column.",
                nameof(cells));
        }

        rows.Add(cells);
        return this;
    }

    /// <summary>Adds a line below the table.</summary>
    /// <param name="note">Plain text; encoded when it is written as HTML. An empty one is left out.</param>
    /// <returns>This table, so that calls can be chained.</returns>
    public Table Note(string? note)
    {
        if (!string.IsNullOrEmpty(note))
        {
            notes.Add(note);
        }

        return this;
    }

    /// <summary>Lets the rows stand in several columns beside each other in HTML, for long lists of short rows.</summary>
    /// <param name="count">How many; at least 1.</param>
    /// <returns>This table, so that calls can be chained.</returns>
    public Table InColumns(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        SideBySide = count;
        return this;
    }

    /// <summary>The same columns with some of the rows, without notes.</summary>
    /// <param name="caption">What the part is of, or null.</param>
    /// <param name="part">The rows.</param>
    internal Table Part(string? caption, IEnumerable<IReadOnlyList<TableCell>> part)
    {
        var table = new Table(caption, columns);
        table.rows.AddRange(part.Select(row => row.ToArray()));
        return table;
    }

    private static bool IsNumber(object? value) => value is null or int or long or float or double or INumberedCell
        || (value is TableCell cell && (cell.Text == DisplayedNumber.None || double.TryParse(cell.Text, CultureInfo.InvariantCulture,
            out _)));

    private static TableCell Cell(object? value) => value switch
    {
        null => DisplayedNumber.None,
        TableCell cell => cell,
        float or double => DisplayedNumber.Fixed(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        int or long => ((IFormattable)value).ToString("N0", CultureInfo.InvariantCulture),
        INumberedCell cell => cell.CellText,
        _ => DisplayedNumber.ValueText(value),
    };
}
