using System.Collections.ObjectModel;

namespace Microsoft.Data.Analysis;

/// <summary>The columns of a frame: of one length, with names that differ.</summary>
public class DataFrameColumnCollection : Collection<DataFrameColumn>
{
    internal DataFrameColumnCollection(IEnumerable<DataFrameColumn> columns)
    {
        foreach (var column in columns)
        {
            Add(column);
        }
    }

    public DataFrameColumn this[string columnName]
    {
        get => IndexOf(columnName) is >= 0 and var index ? this[index] : throw new ArgumentException($"Column '{columnName}' does not exist", nameof(columnName));
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            var index = IndexOf(columnName);
            if (Count > 0 && value.Length != RowCount)
            {
                throw WrongLength(value);
            }

            value.SetName(columnName);
            if (index < 0)
            {
                Add(value);
            }
            else
            {
                base.SetItem(index, value);
            }
        }
    }

    internal long RowCount => Count == 0 ? 0 : this[0].Length;

    public int IndexOf(string columnName)
    {
        for (var i = 0; i < Count; i++)
        {
            if (string.Equals(this[i].Name, columnName, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    public void Remove(string columnName) => Remove(this[columnName]);

    public void Insert<T>(int columnIndex, IEnumerable<T> column, string columnName)
        where T : unmanaged => Insert(columnIndex, new PrimitiveDataFrameColumn<T>(columnName, column));

    public void RenameColumn(string currentName, string newName)
    {
        var column = this[currentName];
        if (!string.Equals(currentName, newName, StringComparison.Ordinal) && IndexOf(newName) >= 0)
        {
            throw Duplicate(newName);
        }

        column.SetName(newName);
    }

    public PrimitiveDataFrameColumn<T> GetPrimitiveColumn<T>(string name)
        where T : unmanaged => Get<PrimitiveDataFrameColumn<T>>(name);

    public StringDataFrameColumn GetStringColumn(string name) => Get<StringDataFrameColumn>(name);

    public BooleanDataFrameColumn GetBooleanColumn(string name) => Get<BooleanDataFrameColumn>(name);

    public ByteDataFrameColumn GetByteColumn(string name) => Get<ByteDataFrameColumn>(name);

    public SByteDataFrameColumn GetSByteColumn(string name) => Get<SByteDataFrameColumn>(name);

    public CharDataFrameColumn GetCharColumn(string name) => Get<CharDataFrameColumn>(name);

    public DateTimeDataFrameColumn GetDateTimeColumn(string name) => Get<DateTimeDataFrameColumn>(name);

    public DecimalDataFrameColumn GetDecimalColumn(string name) => Get<DecimalDataFrameColumn>(name);

    public DoubleDataFrameColumn GetDoubleColumn(string name) => Get<DoubleDataFrameColumn>(name);

    public SingleDataFrameColumn GetSingleColumn(string name) => Get<SingleDataFrameColumn>(name);

    public Int16DataFrameColumn GetInt16Column(string name) => Get<Int16DataFrameColumn>(name);

    public UInt16DataFrameColumn GetUInt16Column(string name) => Get<UInt16DataFrameColumn>(name);

    public Int32DataFrameColumn GetInt32Column(string name) => Get<Int32DataFrameColumn>(name);

    public UInt32DataFrameColumn GetUInt32Column(string name) => Get<UInt32DataFrameColumn>(name);

    public Int64DataFrameColumn GetInt64Column(string name) => Get<Int64DataFrameColumn>(name);

    public UInt64DataFrameColumn GetUInt64Column(string name) => Get<UInt64DataFrameColumn>(name);

    protected override void InsertItem(int columnIndex, DataFrameColumn column)
    {
        Check(column, replaced: -1);
        base.InsertItem(columnIndex, column);
    }

    protected override void SetItem(int columnIndex, DataFrameColumn column)
    {
        Check(column, replaced: columnIndex);
        base.SetItem(columnIndex, column);
    }

    private void Check(DataFrameColumn column, int replaced)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Count > 0 && column.Length != RowCount)
        {
            throw WrongLength(column);
        }

        var same = IndexOf(column.Name);
        if (same >= 0 && same != replaced)
        {
            throw Duplicate(column.Name);
        }
    }

    private TColumn Get<TColumn>(string name)
        where TColumn : DataFrameColumn => this[name] is TColumn column
            ? column
            : throw new ArgumentException($"The column '{name}' is a {this[name].GetType().Name} of {this[name].DataType}, not a {typeof(TColumn).Name}.", nameof(name));

    private ArgumentException WrongLength(DataFrameColumn column) =>
        new($"The column '{column.Name}' has {column.Length} rows; the frame has {RowCount}.", nameof(column));

    private static ArgumentException Duplicate(string name) => new($"The frame already has a column '{name}'.", nameof(name));
}
