using System.IO.Enumeration;
using System.Text.Json.Nodes;
using CovidNotebooks.Kernel.Jupyter.Wire;

namespace CovidNotebooks.Kernel.Jupyter.Requests;

/// <summary>The cells of this session, for history_request. Nothing is kept beyond it.</summary>
internal sealed class KernelHistory
{
    private const int Session = 1;
    private readonly Lock gate = new();
    private readonly List<(int Number, string Code)> cells = [];

    public void Add(int number, string code)
    {
        lock (gate)
        {
            cells.Add((number, code));
        }
    }

    public JsonObject Answer(JupyterMessage request)
    {
        List<(int Number, string Code)> known;
        lock (gate)
        {
            known = [.. cells];
        }

        var kind = request.Text("hist_access_type", "tail");
        known = kind switch
        {
            "range" =>
                request.Number("session", 0) is 0 or Session
                    ? [
                        .. known.Where(cell =>
                            cell.Number >= request.Number("start", 0)
                                && cell.Number < (request.Content["stop"] is null ? int.MaxValue : request.Number("stop", 0))),
                    ]
                    : [],
            "search" =>
                Search(known, request.Text("pattern", "*"), request.Flag("unique", otherwise: false), request.Number("n", int.MaxValue)),
            "tail" => Last(known, request.Number("n", int.MaxValue)),
            _ => throw new RequestException($"history_request: 'hist_access_type' is '{kind}'; expected range, tail or search."),
        };
        var output = request.Flag("output", otherwise: false);
        return new JsonObject
        {
            ["history"] = new JsonArray(
                [
                    .. known.Select(
                        cell => (JsonNode)new JsonArray(Session, cell.Number, output ? new JsonArray(cell.Code, null) : cell.Code)),
                ]),
        };
    }

    private static List<(int Number, string Code)> Search(List<(int Number, string Code)> cells, string pattern, bool unique, int count)
    {
        var found = cells.Where(cell => FileSystemName.MatchesSimpleExpression(pattern, cell.Code, ignoreCase: false));
        return Last([.. unique ? found.Reverse().DistinctBy(cell => cell.Code, StringComparer.Ordinal).Reverse() : found], count);
    }

    private static List<(int Number, string Code)> Last(List<(int Number, string Code)> cells, int count) =>
        count < 0 ? [] : [.. cells.TakeLast(count)];
}
