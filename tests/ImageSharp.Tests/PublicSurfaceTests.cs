using Tests.Shared;

namespace Tests.ImageSharp;

public enum SampleKind
{
    First = 3,
}

public delegate int SampleAction<T>(in T value);

public static class SampleExtensions
{
    public const int Limit = 7;

    public static T? Pick<T>(this IEnumerable<T> source, out int index, string sep = "\n", SampleKind kind = SampleKind.First, double eps = 1e-8, bool on = false)
    {
        _ = (source, sep, kind, eps, on);
        index = 0;
        return default;
    }
}

public class Sample : IDisposable
{
    protected Sample(int? count = null) => Count = count ?? 0;

    public int Count { get; protected set; }

    public string Name { get; init; } = "";

    protected virtual int Hidden => 1;

    public object? this[long row, int column] => null;

    public static Sample operator +(Sample left, Sample right) => left;

    public virtual Task<(int, string)[]> RunAsync(params string[] names) => throw new NotSupportedException();

    public void Dispose() => GC.SuppressFinalize(this);

    public override string ToString() => "sample";

    public class Inner
    {
    }
}

public class PublicSurfaceTests
{
    [Fact]
    public void A_class_prints_its_declared_public_and_protected_members() => Assert.Equal(
        [
            "Tests.ImageSharp.Sample::.ctor(System.Nullable<System.Int32> count = default) protected",
            "Tests.ImageSharp.Sample::Count { get; } -> System.Int32",
            "Tests.ImageSharp.Sample::Dispose() -> System.Void",
            "Tests.ImageSharp.Sample::Hidden { } -> System.Int32",
            "Tests.ImageSharp.Sample::Item[System.Int64 row, System.Int32 column] { get; } -> System.Object",
            "Tests.ImageSharp.Sample::Name { get; set; } -> System.String",
            "Tests.ImageSharp.Sample::static op_Addition(Tests.ImageSharp.Sample left, Tests.ImageSharp.Sample right) -> Tests.ImageSharp.Sample",
            "Tests.ImageSharp.Sample::virtual RunAsync(params System.String[] names) -> System.Threading.Tasks.Task<System.ValueTuple<System.Int32,System.String>[]>",
            "Tests.ImageSharp.Sample::virtual ToString() -> System.String",
        ],
        SignaturePrinter.MemberLines(typeof(Sample)).Order(StringComparer.Ordinal));

    [Fact]
    public void An_extension_method_prints_generics_defaults_and_out() => Assert.Equal(
        [
            "Tests.ImageSharp.SampleExtensions::static Limit -> System.Int32",
            "Tests.ImageSharp.SampleExtensions::static Pick<T>(System.Collections.Generic.IEnumerable<T> source, out ref System.Int32 index, " +
                "System.String sep = \"\\n\", Tests.ImageSharp.SampleKind kind = First, System.Double eps = 1E-08, System.Boolean on = False) -> T [extension]",
        ],
        SignaturePrinter.MemberLines(typeof(SampleExtensions)).Order(StringComparer.Ordinal));

    [Fact]
    public void An_enum_and_a_delegate_print_as_reflection_sees_them()
    {
        Assert.Equal(
            ["Tests.ImageSharp.SampleKind::static First -> Tests.ImageSharp.SampleKind = 3", "Tests.ImageSharp.SampleKind::value__ -> System.Int32"],
            SignaturePrinter.MemberLines(typeof(SampleKind)).Order(StringComparer.Ordinal));
        Assert.Contains("Tests.ImageSharp.SampleAction`1::virtual Invoke(ref T value) -> System.Int32", SignaturePrinter.MemberLines(typeof(SampleAction<>)));
    }

    [Fact]
    public void Types_print_their_base_and_kind()
    {
        Assert.Equal("type Tests.ImageSharp.Sample : System.Object", SignaturePrinter.TypeLine(typeof(Sample)));
        Assert.Equal("type Tests.ImageSharp.Sample.Inner : System.Object", SignaturePrinter.TypeLine(typeof(Sample.Inner)));
        Assert.Equal("type Tests.ImageSharp.SampleExtensions : System.Object static", SignaturePrinter.TypeLine(typeof(SampleExtensions)));
        Assert.Equal("type Tests.ImageSharp.SampleKind : System.Enum enum", SignaturePrinter.TypeLine(typeof(SampleKind)));
        Assert.Equal("type Tests.ImageSharp.SampleAction`1 : System.MulticastDelegate sealed", SignaturePrinter.TypeLine(typeof(SampleAction<>)));
    }

    [Theory]
    [InlineData("A.B::Count { get; } -> System.Int32", true)]
    [InlineData("A.B::Run(System.Int32 count) -> System.Void", true)]
    [InlineData("A.B::Run(System.Int32 number) -> System.Void", false)]
    [InlineData("A.B::Run(System.Int32 count = 1) -> System.Void", false)]
    [InlineData("A.B::Fixed { get; set; } -> System.Int32", false)]
    [InlineData("A.B::virtual Plain() -> System.Void", false)]
    [InlineData("A.B::static Cut(System.String line = \"\\n\", System.Int32 n = 0) -> System.Void", true)]
    public void A_member_may_have_less_than_its_listed_line_and_never_more(string member, bool allowed)
    {
        var list = SignatureList.Parse(
        [
            "A.B::Count { get; set; } -> System.Int32",
            "A.B::Fixed { get; } -> System.Int32",
            "A.B::virtual Run(System.Int32 count) -> System.Void",
            "A.B::Plain() -> System.Void [obsolete]",
            "A.B::static Cut(System.String line = \"",
            "\", System.Int32 n = 0) -> System.Void",
            "type A.B : A.Parent<System.Int32>",
            "type A.Parent`1 : A.Root",
        ]);
        Assert.Equal(allowed, list.AllowsMember(member));
        Assert.True(list.AllowsType("A.B", "type A.B : A.Root sealed"));
        Assert.True(list.AllowsType("A.B", "type A.B : System.Object"));
        Assert.False(list.AllowsType("A.B", "type A.B : A.Other"));
        Assert.False(list.AllowsType("A.B", "type A.B : A.Root struct"));
        Assert.Equal("A.B::virtual Run(System.Int32 count) -> System.Void", list.Nearest("A.B", "A.B::Run(System.Int32 number) -> System.Void"));
    }

    [Fact]
    public void What_the_list_lacks_is_reported_with_its_nearest_line()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var lines = SignaturePrinter.VisibleTypes(typeof(PublicSurfaceTests).Assembly)
                .SelectMany(type => SignaturePrinter.MemberLines(type).Prepend(SignaturePrinter.TypeLine(type))).ToList();
            File.WriteAllLines(file, lines);
            Assert.Empty(PublicSurface.Check(typeof(PublicSurfaceTests).Assembly, file));
            File.WriteAllLines(file, lines.Select(line => line.Replace("Sample::Count", "Sample::Number", StringComparison.Ordinal)));
            var violation = Assert.Single(PublicSurface.Check(typeof(PublicSurfaceTests).Assembly, file));
            Assert.StartsWith("Tests.ImageSharp.Sample::Count { get; } -> System.Int32", violation, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
