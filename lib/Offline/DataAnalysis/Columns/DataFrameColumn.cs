using System.Collections;
using System.Globalization;

namespace Microsoft.Data.Analysis;

/// <summary>A named column of values of one type, each of which may be missing.</summary>
public abstract partial class DataFrameColumn : IEnumerable
{
    private protected DataFrameColumn(string name, Type type) => (Name, DataType) = (name ?? throw new ArgumentNullException(nameof(name)), type);

    public string Name { get; private set; }

    public Type DataType { get; }

    public abstract long Length { get; }

    public abstract long NullCount { get; }

    public object? this[long rowIndex]
    {
        get => GetValue(rowIndex);
        set => SetValue(rowIndex, value);
    }

    public IReadOnlyList<object?> this[long startIndex, int length] => GetValues(startIndex, length);

    public static PrimitiveDataFrameColumn<T> Create<T>(string name, IEnumerable<T> values)
        where T : unmanaged => new(name, values);

    public static PrimitiveDataFrameColumn<T> Create<T>(string name, IEnumerable<T?> values)
        where T : unmanaged => new(name, values);

    public static StringDataFrameColumn Create(string name, IEnumerable<string?> values) => new(name, values);

    public void SetName(string newName) => Name = newName ?? throw new ArgumentNullException(nameof(newName));

    public DataFrameColumn Clone(long numberOfNullsToAppend = 0)
    {
        var clone = Pick([.. Enumerable.Range(0, checked((int)Length)).Select(row => (long)row)]);
        for (var i = 0; i < numberOfNullsToAppend; i++)
        {
            clone.AppendObject(null, CultureInfo.InvariantCulture);
        }

        return clone;
    }

    public DataFrameColumn Sort(bool ascending = true, bool putNullValuesLast = true) => Pick(SortedRows(ascending, putNullValuesLast));

    public virtual DataFrameColumn DropNulls() => Pick([.. Rows().Where(IsValid)]);

    public virtual bool IsValid(long index) => GetValue(index) is not null;

    public virtual bool IsNumericColumn() => false;

    public virtual bool HasDescription() => false;

    public virtual object? Sum() => throw Unsupported();

    public virtual object? Sum(IEnumerable<long> rowIndices) => throw Unsupported();

    public virtual object? Product() => throw Unsupported();

    public virtual object? Product(IEnumerable<long> rowIndices) => throw Unsupported();

    public virtual object? Max() => throw Unsupported();

    public virtual object? Max(IEnumerable<long> rowIndices) => throw Unsupported();

    public virtual object? Min() => throw Unsupported();

    public virtual object? Min(IEnumerable<long> rowIndices) => throw Unsupported();

    public virtual double Mean() => throw Unsupported();

    public virtual double Median() => throw Unsupported();

    public virtual bool All() => throw Unsupported();

    public virtual bool Any() => throw Unsupported();

    public virtual DataFrameColumn Abs(bool inPlace = false) => throw Unsupported();

    public virtual DataFrameColumn Round(bool inPlace = false) => throw Unsupported();

    public virtual DataFrameColumn CumulativeSum(bool inPlace = false) => throw Unsupported();

    public virtual DataFrameColumn CumulativeMax(bool inPlace = false) => throw Unsupported();

    public virtual DataFrameColumn CumulativeMin(bool inPlace = false) => throw Unsupported();

    public virtual DataFrameColumn CumulativeProduct(bool inPlace = false) => throw Unsupported();

    public virtual DataFrameColumn FillNulls(object value, bool inPlace = false) => throw Unsupported();

    public virtual DataFrameColumn Filter<U>(U min, U max) => throw Unsupported();

    public virtual DataFrameColumn Description() => throw Unsupported();

    /// <summary>Each value that occurs and how often, in the order of first appearance.</summary>
    public virtual DataFrame ValueCounts()
    {
        var groups = GroupRows().ToList();
        var values = Pick([.. groups.Select(group => group.Rows[0])]);
        values.SetName("Values");
        return new DataFrame(values, new PrimitiveDataFrameColumn<long>("Counts", groups.Select(group => (long)group.Rows.Count)));
    }

    /// <summary>The type and the number of values, as texts.</summary>
    public virtual StringDataFrameColumn Info() =>
        new(Name, [DataType.ToString(), (Length - NullCount).ToString(CultureInfo.InvariantCulture)]);

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseIsNull() => Flags(Rows().Select(row => !IsValid(row)));

    public virtual PrimitiveDataFrameColumn<bool> ElementwiseIsNotNull() => Flags(Rows().Select(IsValid));

    public virtual GroupBy GroupBy(int columnIndex, DataFrame parent) => throw Unsupported();

    public override string ToString() => ToString(25);

    public string ToString(long rowsToShow)
    {
        var shown = Rows().Take((int)Math.Min(rowsToShow, Length)).Select(row => $"{GetValue(row) ?? "null"}{Environment.NewLine}");
        return $"{Name}: {string.Concat(shown)}";
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumeratorCore();

    protected abstract object? GetValue(long rowIndex);

    protected abstract IReadOnlyList<object?> GetValues(long startIndex, int length);

    protected abstract void SetValue(long rowIndex, object? value);

    protected abstract IEnumerator GetEnumeratorCore();

    /// <summary>A column of the same kind with these rows; -1 is a missing value.</summary>
    internal abstract DataFrameColumn Pick(IReadOnlyList<long> rows);

    /// <summary>Appends a value after converting it to the column's type.</summary>
    internal abstract void AppendObject(object? value, CultureInfo culture);

    /// <summary>The value that <see cref="AppendObject"/> would append.</summary>
    internal abstract object? Convert(object? value, CultureInfo culture);

    internal abstract int CompareRows(long left, long right);

    internal List<long> SortedRows(bool ascending, bool nullsLast)
    {
        var present = Rows().Where(IsValid);
        var sorted = ascending
            ? present.Order(Comparer<long>.Create(CompareRows))
            : present.OrderDescending(Comparer<long>.Create(CompareRows));
        var missing = Rows().Where(row => !IsValid(row));
        return [.. nullsLast ? sorted.Concat(missing) : missing.Concat(sorted)];
    }

    internal IEnumerable<long> Rows()
    {
        for (long row = 0; row < Length; row++)
        {
            yield return row;
        }
    }

    /// <summary>The rows of each value, in the order of first appearance; missing values are left out.</summary>
    internal IEnumerable<(object Key, List<long> Rows)> GroupRows()
    {
        var groups = new Dictionary<object, List<long>>();
        var order = new List<object>();
        foreach (var row in Rows())
        {
            if (GetValue(row) is not { } key)
            {
                continue;
            }

            if (!groups.TryGetValue(key, out var rows))
            {
                groups[key] = rows = [];
                order.Add(key);
            }

            rows.Add(row);
        }

        return order.Select(key => (key, groups[key]));
    }

    private protected static BooleanDataFrameColumn Flags(IEnumerable<bool> values) => new("", values);

    private protected NotImplementedException Unsupported([System.Runtime.CompilerServices.CallerMemberName] string operation = "") =>
        new($"{operation} is not defined for the column '{Name}' of {DataType}.");
}
