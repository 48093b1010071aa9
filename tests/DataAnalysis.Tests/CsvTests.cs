using System.Text;
using Microsoft.Data.Analysis;

namespace Tests.DataAnalysis;

public class CsvTests
{
    [Fact]
    public void Types_are_guessed_as_truth_single_date_or_text()
    {
        var frame = DataFrame.LoadCsvFromString("id,n,yes,when,s,gap\n1,12345678901,true,2020-01-02,x,\n2,2.5,false,2020-01-03,,7\n");
        Assert.Equal(
            [typeof(float), typeof(float), typeof(bool), typeof(DateTime), typeof(string), typeof(float)],
            frame.Columns.Select(column => column.DataType));
        Assert.Equal(12345678901f, frame[0, 1]);
        Assert.Equal("", frame[1, 4]);
        Assert.Null(frame[0, 5]);
    }

    [Fact]
    public void Given_types_keep_every_digit()
    {
        var frame = DataFrame.LoadCsvFromString("id,p,n\n007,0.1,12345678901\n", dataTypes: [typeof(string), typeof(double), typeof(long)]);
        Assert.Equal(["007", 0.1, 12345678901L], frame.Rows[0]);
        Assert.IsType<Int64DataFrameColumn>(frame["n"]);
    }

    [Fact]
    public void A_type_that_fits_only_the_first_rows_is_an_error() =>
        Assert.Throws<FormatException>(() => DataFrame.LoadCsvFromString("n\n1\n2\nthree\n", guessRows: 2));

    [Fact]
    public void Rows_of_another_length_and_the_word_null()
    {
        var frame = DataFrame.LoadCsvFromString("a,b\nx,1\nnull\n", dataTypes: [typeof(string), typeof(int)]);
        Assert.Equal([null, null], frame.Rows[1]);
        Assert.Throws<FormatException>(() => DataFrame.LoadCsvFromString("a,b\nx,1\ny\n"));
        Assert.Throws<ArgumentException>(() => DataFrame.LoadCsvFromString("a,b\nx,1,2\n"));
    }

    [Fact]
    public void Quoted_fields_hold_separators_quotes_and_line_breaks()
    {
        var frame = DataFrame.LoadCsvFromString("a;b\n\"x;1\";\"say \"\"no\"\"\"\r\n\"two\nlines\";y", separator: ';');
        Assert.Equal(["x;1", "say \"no\""], frame.Rows[0]);
        Assert.Equal(["two\nlines", "y"], frame.Rows[1]);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var frame = new DataFrame(
            new StringDataFrameColumn("path, name", ["a,b.png", "c\"d", "e\nf", null]),
            new DoubleDataFrameColumn("score", [0.1, null, 1e-300, -3]),
            new DateTimeDataFrameColumn("when", [new DateTime(2020, 1, 2), null, null, null]));
        using var stream = new MemoryStream();
        DataFrame.SaveCsv(frame, stream);
        var text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Equal($"\"path, name\",score,when{Environment.NewLine}\"a,b.png\",0.10000000000000001,01/02/2020 00:00:00{Environment.NewLine}", text[..text.IndexOf("\"c\"", StringComparison.Ordinal)]);
        stream.Position = 0;
        var again = DataFrame.LoadCsv(stream, dataTypes: [typeof(string), typeof(double), typeof(DateTime)]);
        frame["path, name"].FillNulls("", inPlace: true);
        Assert.Equal(frame.Rows.Select(row => row.ToArray()), again.Rows.Select(row => row.ToArray()));
    }

    [Fact]
    public void Files_and_their_options()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllText(path, "1,a\n2,b\n3,c\n");
            var frame = DataFrame.LoadCsv(path, header: false, numRows: 2, addIndexColumn: true);
            Assert.Equal(["IndexColumn", "Column0", "Column1"], frame.Columns.Select(column => column.Name));
            Assert.Equal([1, 2f, "b"], frame.Rows[1]);
            Assert.Equal(2, frame.Rows.Count);
            DataFrame.SaveCsv(frame, path, separator: '\t', header: false);
            Assert.Equal($"0\t1\ta{Environment.NewLine}1\t2\tb{Environment.NewLine}", File.ReadAllText(path));
            File.WriteAllText(path, "");
            Assert.Equal("Empty file", Assert.Throws<FormatException>(() => DataFrame.LoadCsv(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Throws<FileNotFoundException>(() => DataFrame.LoadCsv(path));
    }

    [Fact]
    public void Names_that_repeat_are_an_error_or_numbered()
    {
        Assert.Throws<ArgumentException>(() => DataFrame.LoadCsvFromString("a,a\n1,2\n"));
        Assert.Equal(["a", "a.1"], DataFrame.LoadCsvFromString("a,a\n1,2\n", renameDuplicatedColumns: true).Columns.Select(column => column.Name));
    }

    [Fact]
    public void Objects_to_a_frame_and_a_frame_to_a_table()
    {
        var frame = DataFrame.LoadFrom([["a", 1], ["b", 2.0]], [("id", typeof(string)), ("n", typeof(int))]);
        Assert.Equal(["b", 2], frame.Rows[1]);
        var table = frame.ToTable();
        Assert.Equal((2, typeof(int), (object)1), (table.Rows.Count, table.Columns["n"]!.DataType, table.Rows[0]["n"]));
    }
}
