using System.Collections;
using System.Globalization;

namespace Microsoft.Data.Analysis;

/// <summary>A column of numbers, truth values, dates or characters.</summary>
public partial class PrimitiveDataFrameColumn<T> : DataFrameColumn, IEnumerable<T?>
    where T : unmanaged
{
    private readonly List<T?> values;

    public PrimitiveDataFrameColumn(string name, IEnumerable<T?> values)
        : base(name, typeof(T)) => this.values = [.. values ?? throw new ArgumentNullException(nameof(values))];

    public PrimitiveDataFrameColumn(string name, IEnumerable<T> values)
        : this(name, (values ?? throw new ArgumentNullException(nameof(values))).Select(value => (T?)value))
    {
    }

    /// <summary>A column of missing values.</summary>
    public PrimitiveDataFrameColumn(string name, long length = 0)
        : this(name, Enumerable.Repeat<T?>(null, checked((int)length)))
    {
    }

    public override long Length => values.Count;

    public override long NullCount => values.Count(value => value is null);

    public new T? this[long rowIndex]
    {
        get => values[Checked(rowIndex)];
        set => values[Checked(rowIndex)] = value;
    }

    public new IReadOnlyList<T?> this[long startIndex, int length] => values.GetRange(Checked(startIndex), (int)Math.Min(length, Length - startIndex));

    public void Append(T? value) => values.Add(value);

    public void AppendMany(T? value, long count) => values.AddRange(Enumerable.Repeat(value, checked((int)count)));

    public PrimitiveDataFrameColumn<T> Apply(Func<T, T> func, bool inPlace = false)
    {
        var column = inPlace ? this : Clone();
        for (var i = 0; i < column.values.Count; i++)
        {
            column.values[i] = column.values[i] is { } value ? func(value) : null;
        }

        return column;
    }

    public new PrimitiveDataFrameColumn<T> Clone(long numberOfNullsToAppend = 0) => (PrimitiveDataFrameColumn<T>)base.Clone(numberOfNullsToAppend);

    public new PrimitiveDataFrameColumn<T> Sort(bool ascending = true, bool putNullValuesLast = true) =>
        (PrimitiveDataFrameColumn<T>)base.Sort(ascending, putNullValuesLast);

    public new PrimitiveDataFrameColumn<T> DropNulls() => (PrimitiveDataFrameColumn<T>)base.DropNulls();

    public PrimitiveDataFrameColumn<T> FillNulls(T value, bool inPlace = false)
    {
        var column = inPlace ? this : Clone();
        for (var i = 0; i < column.values.Count; i++)
        {
            column.values[i] ??= value;
        }

        return column;
    }

    public override DataFrameColumn FillNulls(object value, bool inPlace = false) =>
        FillNulls((T)(Convert(value, CultureInfo.InvariantCulture) ?? throw new ArgumentNullException(nameof(value))), inPlace);

    /// <summary>The values between two bounds, both included.</summary>
    public PrimitiveDataFrameColumn<T> Filter(T min, T max)
    {
        var comparer = Comparer<T>.Default;
        return (PrimitiveDataFrameColumn<T>)Pick([.. Rows().Where(row => this[row] is { } value && comparer.Compare(value, min) >= 0 && comparer.Compare(value, max) <= 0)]);
    }

    public override DataFrameColumn Filter<U>(U min, U max) =>
        Filter((T)Convert(min, CultureInfo.InvariantCulture)!, (T)Convert(max, CultureInfo.InvariantCulture)!);

    public override bool IsNumericColumn() => Arithmetic.IsNumeric(typeof(T));

    public override bool HasDescription() => IsNumericColumn();

    public override GroupBy GroupBy(int columnIndex, DataFrame parent) => new GroupBy<T>(parent, columnIndex, this);

    public IEnumerator<T?> GetEnumerator() => values.GetEnumerator();

    protected virtual PrimitiveDataFrameColumn<T> CreateNewColumn(string name, long length = 0) => new(name, length);

    protected override object? GetValue(long rowIndex) => this[rowIndex];

    protected override IReadOnlyList<object?> GetValues(long startIndex, int length) => [.. this[startIndex, length].Select(value => (object?)value)];

    protected override void SetValue(long rowIndex, object? value) => this[rowIndex] = value switch
    {
        null => null,
        T own => own,
        _ => throw new ArgumentException($"The column '{Name}' holds {typeof(T)}, not {value.GetType()}.", nameof(value)),
    };

    protected override IEnumerator GetEnumeratorCore() => GetEnumerator();

    internal override DataFrameColumn Pick(IReadOnlyList<long> rows)
    {
        var column = CreateNewColumn(Name);
        column.values.AddRange(rows.Select(row => row < 0 ? null : this[row]));
        return column;
    }

    internal override void AppendObject(object? value, CultureInfo culture) => values.Add((T?)Convert(value, culture));

    internal override object? Convert(object? value, CultureInfo culture)
    {
        try
        {
            return value is null or T ? value : System.Convert.ChangeType(value, typeof(T), culture);
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException)
        {
            throw new ArgumentException($"The column '{Name}' holds {typeof(T)}; {value} of {value!.GetType()} is none.", nameof(value), e);
        }
    }

    internal override int CompareRows(long left, long right) => Comparer<T?>.Default.Compare(this[left], this[right]);

    private int Checked(long row) => row >= 0 && row < values.Count
        ? (int)row
        : throw new ArgumentOutOfRangeException(nameof(row), row, $"The column '{Name}' has {values.Count} rows.");
}
