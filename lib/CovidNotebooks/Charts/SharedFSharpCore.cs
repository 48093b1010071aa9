using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace CovidNotebooks.Charts;

/// <summary>
/// One FSharp.Core a process. Plotly.NET is written in F# and asks for a newer FSharp.Core than .NET Interactive has loaded; with a second
/// copy beside this library both would be loaded, and every chart would end in a MissingMethodException. So the folder that notebooks
/// reference has none of its own, and the question is answered here: with the copy that the process has, else with the one that stands
/// aside in the folder FSharp.Core.
/// </summary>
internal static class SharedFSharpCore
{
    private const string Name = "FSharp.Core";

    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255",
        Justification = "The answer must be there before the first chart, which a notebook may draw before it calls this library.")]
    internal static void Register()
    {
        // Not Resolving of this library's load context: .NET Interactive loads every assembly into a context of its own, and Plotly.NET
        // asks from another.
        AppDomain.CurrentDomain.AssemblyResolve += static (_, request) =>
            new AssemblyName(request.Name).Name == Name ? OfTheProcess() ?? OfTheLibrary(request.RequestingAssembly) : null;
    }

    private static Assembly? OfTheProcess() =>
        AssemblyLoadContext.Default.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == Name);

    private static Assembly? OfTheLibrary(Assembly? asking)
    {
        var folder = Path.GetDirectoryName(typeof(SharedFSharpCore).Assembly.Location);
        var context = (asking is null ? null : AssemblyLoadContext.GetLoadContext(asking)) ?? AssemblyLoadContext.Default;
        return folder is { Length: > 0 } && Path.Combine(folder, Name, Name + ".dll") is var file && File.Exists(file)
            ? context.LoadFromAssemblyPath(file)
            : null;
    }
}
