using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using CovidNotebooks.Runs;
using Microsoft.Data.Analysis;
using Plotly.NET;

namespace CovidNotebooks.Reporting;

/// <summary>
/// Shows charts of Plotly.NET and data frames in a notebook as this library shows its own: <c>display(chart)</c> draws. Without this both
/// kernels show the fields of the object, because the formatter that Plotly.NET 6.0.0 brings cannot be made (and writes a placeholder), and
/// Microsoft.Data.Analysis brings none.
/// </summary>
/// <remarks>
/// The kernel's formatters are found by name, so the library references no notebook package; where the process has none, nothing happens.
/// </remarks>
internal static class PackageFormatters
{
    private const string Formatter = "Microsoft.DotNet.Interactive.Formatting.Formatter";

    [ModuleInitializer]
    [
        SuppressMessage(
            "Usage", "CA2255", Justification = "The first chart that a notebook shows may be one that it made with Plotly.NET alone."),
    ]
    internal static void Register()
    {
        AppDomain.CurrentDomain.AssemblyLoad += static (_, loaded) => Register(loaded.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            Register(assembly);
        }
    }

    private static void Register(Assembly package)
    {
        switch (package.GetName().Name)
        {
            case "Plotly.NET":
                Register(
                    package.GetType("Plotly.NET.GenericChart"),
                    static (value, writer) => writer.Write(new Charts.Figure("Chart", (GenericChart)value).ToHtml()));
                break;
            case "Microsoft.Data.Analysis":
                Register(
                    package.GetType("Microsoft.Data.Analysis.DataFrame"),
                    static (value, writer) => writer.Write(FrameTable.Of((DataFrame)value).ToHtml()));
                break;
            default:
                break;
        }
    }

    private static void Register(Type? type, Action<object, TextWriter> write)
    {
        var formatter = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic)
            .Select(assembly => assembly.GetType(Formatter)).FirstOrDefault(found => found is not null);
        if (type is not null
            && formatter?.GetMethod("Register", [typeof(Type), typeof(Action<object, TextWriter>), typeof(string)]) is { } register)
        {
            register.Invoke(null, [type, write, "text/html"]);
        }
    }
}
