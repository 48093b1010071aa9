using CovidNotebooks.Kernel.Files;
using Tests.Shared;

namespace Tests.Cli.Sweeps;

/// <summary>A notebook that trains nothing: it stores a run whose accuracy is made of its parameters.</summary>
internal static class TinyNotebook
{
    /// <summary>Writes it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="wait">What each item does before it stores its run; C#, with <c>rate</c>, <c>head</c> and <c>seed</c> in scope.</param>
    public static string Write(string path, string wait = "")
    {
        var notebook = NotebookFile.Create();
        notebook.Insert(
            0,
            CellKind.Code,
            "double rate = .1;\nstring head = \"small\";\nint seed = 0;\nstring runs = \"nowhere\";",
            "p").Metadata["tags"] = new System.Text.Json.Nodes.JsonArray("parameters");
        notebook.Insert(
            1,
            CellKind.Code,
            $$"""
            #r "{{Path.Combine(Repository.Root, "lib", "bin", "CovidNotebooks.dll")}}"
            using CovidNotebooks.Runs;
            {{wait}}
            var run = new RunStore(runs).Create($"tiny-{head}", new Dictionary<string, object> { ["rate"] = rate });
            run.SetResults(new Dictionary<string, double> { ["accuracy"] = rate + seed + (head == "large" ? 100 : 0) });
            run.Finish();
            """,
            "c");
        notebook.Save(path);
        return path;
    }
}
