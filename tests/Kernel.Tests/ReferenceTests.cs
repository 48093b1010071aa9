using System.Reflection;
using System.Runtime.Loader;
using CovidNotebooks.Kernel.Files;
using CovidNotebooks.Kernel.Session;

namespace Tests.Kernel;

public sealed class ReferenceTests : IDisposable
{
    private const string ShapeSource =
        "namespace Shapes { public sealed class Shape { public int Sides = 3; public static string Where() => "
        + "typeof(Shape).Assembly.Location; } public static class ShapeExtensions { public static int Twice(this Shape s) => 2 * "
        + "s.Sides; } }";

    private const string DrawingSource = """
        namespace Drawing
        {
            using System.Runtime.InteropServices;
            public static class Pen
            {
                [DllImport("tinynative", EntryPoint = "SystemNative_GetPid")] private static extern int ProcessId();
                public static int Native() => ProcessId();
                public static Shapes.Shape Draw() => new Shapes.Shape();
            }
        }
        """;

    private readonly TemporaryFolder folder = new();

    public ReferenceTests()
    {
        var shapes = TestLibrary.Build(folder.File("bin"), "Shapes", ShapeSource);
        TestLibrary.Build(folder.File("bin"), "Drawing", DrawingSource, shapes);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_referenced_library_finds_its_dependencies_beside_it()
    {
        var session = new TestSession(folder.Path);
        await session.ValueAsync("#r \"bin/Drawing.dll\"\nvar shape = Drawing.Pen.Draw();");
        Assert.Contains("3", await session.ValueAsync("shape.Sides"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_of_a_dependency_can_be_named_and_are_the_same_when_it_is_referenced_later()
    {
        var session = new TestSession(folder.Path);
        await session.ValueAsync("#r \"bin/Drawing.dll\"\nusing Shapes;\nvar shape = new Shape();");
        Assert.Contains("6", await session.ValueAsync("shape.Twice()"), StringComparison.Ordinal);
        Assert.Contains("6", await session.ValueAsync("#r \"bin/Shapes.dll\"\nshape.Twice()"), StringComparison.Ordinal);
        Assert.Contains(
            "True",
            await session.ValueAsync("new Shape().GetType() == Drawing.Pen.Draw().GetType() && shape is Shapes.Shape"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_beside_a_referenced_one_that_it_does_not_need_must_be_named_and_the_error_says_how()
    {
        TestLibrary.Build(folder.File("bin"), "Colours", "namespace Colours { public sealed class Colour { } }");
        var error = await new TestSession(folder.Path).ErrorAsync("#r \"bin/Drawing.dll\"\nusing Colours;");
        Assert.StartsWith(
            "(2,7): error CS0246: The type or namespace name 'Colours' could not be found", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("add #r \"bin/Colours.dll\".", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_native_library_is_found_beside_the_referenced_one()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The native library of this test is the Linux runtime's own.");
        File.Copy(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so"),
            folder.File("bin/libtinynative.so"));
        var session = new TestSession(folder.Path);
        Assert.Contains(
            Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            await session.ValueAsync("#r \"bin/Drawing.dll\"\nDrawing.Pen.Native()"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cells_get_the_copy_that_they_reference_not_the_one_of_this_process()
    {
        var own = AssemblyLoadContext.Default.LoadFromAssemblyPath(
            TestLibrary.Build(folder.File("own"), "Shapes", ShapeSource.Replace("Sides = 3", "Sides = 99", StringComparison.Ordinal)));
        var session = new TestSession(folder.Path);
        await session.ValueAsync("#r \"bin/Shapes.dll\"\n#r \"bin/Drawing.dll\"");
        Assert.Contains("3", await session.ValueAsync("new Shapes.Shape().Sides"), StringComparison.Ordinal);
        Assert.Contains(folder.File("bin/Shapes.dll"), await session.ValueAsync("Shapes.Shape.Where()"), StringComparison.Ordinal);
        var other = new TestSession(folder.Path);
        Assert.Contains("3", await other.ValueAsync("#r \"bin/Drawing.dll\"\nDrawing.Pen.Draw().Sides"), StringComparison.Ordinal);
        Assert.Equal(
            99,
            own.GetType("Shapes.Shape")!.GetField("Sides", BindingFlags.Instance | BindingFlags.Public)!.GetValue(
                Activator.CreateInstance(own.GetType("Shapes.Shape")!)));
    }

    [Fact]
    public async Task A_missing_file_says_where_it_was_looked_for()
    {
        var error = await new TestSession(folder.Path).ErrorAsync("#r \"bin/Nothing.dll\"\n1");
        Assert.Equal(
            $"(1,1): error CS0006: Metadata file 'bin/Nothing.dll' could not be found. Looked for {folder.File("bin/Nothing.dll")}. "
                + "Build it, or correct the path; relative paths start at the notebook's folder.",
            error.Message);
    }

    [Fact]
    public async Task Framework_assemblies_can_be_named()
    {
        var session = new TestSession(folder.Path);
        Assert.Contains(
            "a",
            await session.ValueAsync("#r \"System.Xml.Linq\"\nnew System.Xml.Linq.XElement(\"a\").Name.LocalName"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relative_reference_in_an_imported_notebook_starts_at_the_working_directory_and_in_a_loaded_file_at_the_file()
    {
        folder.Write("deep/loaded.csx", "#r \"../bin/Shapes.dll\"\nint Loaded() => new Shapes.Shape().Sides;");
        folder.Write("deep/imported.csx", "int Imported() => 4;");
        var nested = NotebookFile.Create();
        nested.Insert(0, CellKind.Code, "#r \"bin/Drawing.dll\"\nint Nested() => Drawing.Pen.Draw().Sides;", "a");
        folder.Write("deep/nested.ipynb", nested.ToText());
        var session = new TestSession(folder.Path);
        Assert.Contains("3", await session.ValueAsync("#load \"deep/loaded.csx\"\nLoaded()"), StringComparison.Ordinal);
        await session.ValueAsync("#!import deep/imported.csx\n#!import deep/nested.ipynb");
        Assert.Contains("7", await session.ValueAsync("Imported() + Nested()"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_assembly_is_refused()
    {
        folder.Write("bin/text.dll", "not an assembly");
        var error = await new TestSession(folder.Path).ErrorAsync("#r \"bin/text.dll\"");
        Assert.Equal("CompilationError", error.Name);
        Assert.Contains("text.dll", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_show_themselves_by_convention_and_subclasses_inherit_it()
    {
        TestLibrary.Build(folder.File("bin"), "Displayed", """
            using System; using System.IO; using System.Collections.Generic;
            namespace Displayed
            {
                internal sealed class TypeFormatterSourceAttribute : Attribute
                {
                    public TypeFormatterSourceAttribute(Type t) { FormatterSourceType = t; }
                    public Type FormatterSourceType { get; }
                    public string[] PreferredMimeTypes { get; set; }
                }
                public sealed class Writer
                {
                    public string MimeType { get; set; }
                    public Func<object, string> Text;
                    public bool Format(object value, TextWriter writer) { writer.Write(Text(value)); return true; }
                }
                public sealed class Source
                {
                    public IEnumerable<object> CreateTypeFormatters()
                    {
                        yield return new Writer { MimeType = "text/html", Text = v => "<b>" + v + "</b>" };
                        yield return new Writer { MimeType = "text/plain", Text = v => "plain " + v };
                        yield return new Writer
                        {
                            MimeType = "application/vnd.covidnotebooks.progress+json",
                            Text = v => "{\"value\":3,\"total\":104,\"text\":\"epoch 2/20\"}",
                        };
                    }
                }
                [TypeFormatterSource(typeof(Source), PreferredMimeTypes = new[] { "text/html", "text/plain" })]
                public class Shown { public override string ToString() => GetType().Name; }
                public sealed class Derived : Shown { }
            }
            """);
        var session = new TestSession(folder.Path);
        await session.RunAsync("#r \"bin/Displayed.dll\"\nnew Displayed.Derived()");
        var returned = Assert.Single(session.Events.OfType<ValueReturned>()).Bundle.Content;
        Assert.Equal(["text/html=<b>Derived</b>", "text/plain=plain Derived"], returned.Select(pair => $"{pair.Key}={pair.Value}"));
        await session.RunAsync("var d = display(new Displayed.Shown(), \"text/html\");\nd.Update(new Displayed.Derived());");
        Assert.Equal(
            ["ProgressMade", "ValueDisplayed", "ProgressMade", "ValueUpdated"],
            session.Events.Select(e => e.GetType().Name));
        Assert.Equal(
            (3, 104, "epoch 2/20"),
            session.Events.OfType<ProgressMade>().Select(p => (p.Progress.Value, p.Progress.Total, p.Progress.Text)).First());
        Assert.Equal(
            ["text/html=<b>Derived</b>"],
            session.Events.OfType<ValueUpdated>().Single().Bundle.Content.Select(pair => $"{pair.Key}={pair.Value}"));
        await session.RunAsync("new[] { new Displayed.Shown() }");
        Assert.Contains(
            "<td style=\"text-align: left;\"><b>Shown</b></td>",
            session.Events.OfType<ValueReturned>().Single().Bundle.Content["text/html"],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "[TypeFormatterSource(typeof(Source))]", "<b>Shown</b>")]
    [InlineData("", "[TypeFormatterSource(null)]", "dni-plaintext")]
    [InlineData("", "[TypeFormatterSource(typeof(string))]", "dni-plaintext")]
    [InlineData("throw new Exception();", "[TypeFormatterSource(typeof(Source))]", "dni-plaintext")]
    public async Task An_attribute_of_another_shape_is_read_by_its_constructor_argument_and_one_that_cannot_be_read_changes_nothing(
        string constructor, string attribute, string shown)
    {
        TestLibrary.Build(folder.File("bin"), "Displayed", $$"""
            using System; using System.IO; using System.Collections.Generic;
            namespace Displayed
            {
                public sealed class TypeFormatterSourceAttribute : Attribute
                {
                    public TypeFormatterSourceAttribute(Type t) { }
                    public Type TypeFormatterSourceType => throw new Exception();
                }
                public sealed class Writer
                {
                    public string MimeType => "text/html";
                    public bool Format(object value, TextWriter writer) { writer.Write("<b>" + value + "</b>"); return true; }
                }
                public sealed class Source
                {
                    public Source() { {{constructor}} }
                    public IEnumerable<object> CreateTypeFormatters() { yield return new Writer(); }
                }
                {{attribute}}
                public class Shown { public override string ToString() => GetType().Name; }
            }
            """);
        Assert.Contains(
            shown,
            await new TestSession(folder.Path).ValueAsync("#r \"bin/Displayed.dll\"\nnew Displayed.Shown()"),
            StringComparison.Ordinal);
    }
}
