using System.Collections;
using System.Globalization;

namespace Microsoft.Data.Analysis;

/// <summary>A column of texts.</summary>
public class StringDataFrameColumn : DataFrameColumn, IEnumerable<string?>
{
    private readonly List<string?> values;

    public StringDataFrameColumn(string name, long length = 0)
        : base(name, typeof(string)) => values = [.. Enumerable.Repeat<string?>(null, checked((int)length))];

    public StringDataFrameColumn(string name, IEnumerable<string?> values)
        : base(name, typeof(string)) => this.values = [.. values ?? throw new ArgumentNullException(nameof(values))];

    public override long Length => values.Count;

    public override long NullCount => values.Count(value => value is null);

    public new string? this[long rowIndex]
    {
        get => values[Checked(rowIndex)];
        set => values[Checked(rowIndex)] = value;
    }

    public new List<string?> this[long startIndex, int length] => values.GetRange(Checked(startIndex), (int)Math.Min(length, Length - startIndex));

    public void Append(string? value) => values.Add(value);

    public new StringDataFrameColumn Clone(long numberOfNullsToAppend = 0) => (StringDataFrameColumn)base.Clone(numberOfNullsToAppend);

    public new StringDataFrameColumn Sort(bool ascending = true, bool putNullValuesLast = true) => (StringDataFrameColumn)base.Sort(ascending, putNullValuesLast);

    public new StringDataFrameColumn DropNulls() => (StringDataFrameColumn)base.DropNulls();

    public StringDataFrameColumn FillNulls(string value, bool inPlace = false)
    {
        var column = inPlace ? this : Clone();
        for (var i = 0; i < column.values.Count; i++)
        {
            column.values[i] ??= value;
        }

        return column;
    }

    public override DataFrameColumn FillNulls(object value, bool inPlace = false) => value is string text
        ? FillNulls(text, inPlace)
        : throw new ArgumentException($"Missing values of the text column '{Name}' are filled with a text, not with {value?.GetType().ToString() ?? "null"}.", nameof(value));

    public override GroupBy GroupBy(int columnIndex, DataFrame parent) => new GroupBy<string>(parent, columnIndex, this);

    public override DataFrameColumn Add<T>(T value, bool inPlace = false) => Joined(_ => $"{value}", inPlace);

    public override DataFrameColumn Add(DataFrameColumn column, bool inPlace = false) => Joined(row => $"{column[row]}", inPlace);

    public PrimitiveDataFrameColumn<bool> ElementwiseEquals(string? value) => Flags(values.Select(own => string.Equals(own, value, StringComparison.Ordinal)));

    public PrimitiveDataFrameColumn<bool> ElementwiseNotEquals(string? value) => Flags(values.Select(own => !string.Equals(own, value, StringComparison.Ordinal)));

    public override PrimitiveDataFrameColumn<bool> ElementwiseEquals<T>(T value) => ElementwiseEquals(value?.ToString());

    public override PrimitiveDataFrameColumn<bool> ElementwiseNotEquals<T>(T value) => ElementwiseNotEquals(value?.ToString());

    public override PrimitiveDataFrameColumn<bool> ElementwiseEquals(DataFrameColumn column) => Against(column, equal: true);

    public override PrimitiveDataFrameColumn<bool> ElementwiseNotEquals(DataFrameColumn column) => Against(column, equal: false);

    public IEnumerator<string?> GetEnumerator() => values.GetEnumerator();

    protected override object? GetValue(long rowIndex) => this[rowIndex];

    protected override IReadOnlyList<object?> GetValues(long startIndex, int length) => this[startIndex, length];

    protected override void SetValue(long rowIndex, object? value) => this[rowIndex] = value is null or string
        ? (string?)value
        : throw new ArgumentException($"The column '{Name}' holds texts, not {value.GetType()}.", nameof(value));

    protected override IEnumerator GetEnumeratorCore() => GetEnumerator();

    internal override DataFrameColumn Pick(IReadOnlyList<long> rows) => new StringDataFrameColumn(Name, rows.Select(row => row < 0 ? null : this[row]));

    internal override void AppendObject(object? value, CultureInfo culture) => values.Add((string?)Convert(value, culture));

    internal override object? Convert(object? value, CultureInfo culture) => value is null ? null : System.Convert.ToString(value, culture);

    internal override int CompareRows(long left, long right) => Comparer<string?>.Default.Compare(this[left], this[right]);

    private BooleanDataFrameColumn Against(DataFrameColumn column, bool equal)
    {
        Arithmetic.SameLength(this, column);
        return Flags(Rows().Select(row => string.Equals(this[row], column[row]?.ToString(), StringComparison.Ordinal) == equal));
    }

    private StringDataFrameColumn Joined(Func<long, string> suffix, bool inPlace)
    {
        var column = inPlace ? this : Clone();
        for (var i = 0; i < column.values.Count; i++)
        {
            column.values[i] += suffix(i);
        }

        return column;
    }

    private int Checked(long row) => row >= 0 && row < values.Count
        ? (int)row
        : throw new ArgumentOutOfRangeException(nameof(row), row, $"The column '{Name}' has {values.Count} rows.");
}
