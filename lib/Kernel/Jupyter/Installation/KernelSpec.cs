using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;

namespace CovidNotebooks.Kernel.Jupyter.Installation;

/// <summary>What Jupyter must know to start a kernel: a folder with a <c>kernel.json</c>.</summary>
/// <remarks>Source: "Kernel specs" in the documentation of jupyter_client.</remarks>
/// <param name="Folder">
/// The kernel's name: <c>covidnotebooks</c>, or <c>.net-csharp</c>, which notebooks of .NET Interactive ask for.
/// </param>
/// <param name="DisplayName">What people see.</param>
/// <param name="Command">The program and its arguments; <c>{connection_file}</c> stands for the file.</param>
/// <param name="Environment">Variables that the kernel is started with.</param>
public sealed record KernelSpec(
    string Folder, string DisplayName, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The folder name of this kit's kernel.</summary>
    public const string OwnFolder = "covidnotebooks";

    /// <summary>The folder name of .NET Interactive's C# kernel.</summary>
    public const string InteractiveFolder = ".net-csharp";

    private static readonly JsonSerializerOptions Writing = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The content of <c>kernel.json</c>.</summary>
    public string ToJson() => new JsonObject
    {
        ["argv"] = new JsonArray([.. Command.Select(part => (JsonNode)part)]),
        ["display_name"] = DisplayName,
        ["language"] = "C#",
        ["interrupt_mode"] = "message",
        ["env"] = new JsonObject(Environment.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["metadata"] = new JsonObject { ["debugger"] = false },
    }.ToJsonString(Writing) + "\n";

    /// <summary>Writes the folder, replacing one that is there.</summary>
    /// <param name="dataFolder">Jupyter's data folder, for example <c>~/.local/share/jupyter</c>.</param>
    /// <returns>The kernel's folder.</returns>
    public string Install(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "kernels", Folder);
        AtomicFile.WriteAllText(Path.Combine(folder, "kernel.json"), ToJson());
        return folder;
    }
}
