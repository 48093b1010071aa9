using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Files;

namespace CovidNotebooks.Cli.Running;

/// <summary>
/// With which parameters a notebook runs in under a minute on phantoms, as the notebook itself says: its metadata hold
/// <c>"covidnotebooks": { "phantoms": { "epochs": "1", … } }</c>, names and values as after <c>--set</c>.
/// </summary>
internal static class PhantomProfile
{
    /// <exception cref="RunRequestException">The notebook has no profile.</exception>
    public static IReadOnlyDictionary<string, string> Of(string path) =>
        NotebookFile.Read(path).Json["metadata"]?["covidnotebooks"]?["phantoms"] is JsonObject profile
            ? profile.ToDictionary(entry => entry.Key, entry => entry.Value?.ToString() ?? "null", StringComparer.Ordinal)
            : throw new RunRequestException(
                $"{Path.GetFileName(path)} does not say with which parameters it runs on phantoms: its metadata have no "
                    + "\"covidnotebooks\": { \"phantoms\": { … } }. "
                + "Leave --phantoms out and give the parameters with --set, for example --set epochs=1.");
}
