using System.Collections;
using Plotly.NET;

namespace CovidNotebooks.Charts;

/// <summary>Counts what a trace draws.</summary>
internal static class TracePoints
{
    private static readonly string[] Coordinates = ["z", "y", "x"];

    public static int Count(Trace trace)
    {
        foreach (var name in Coordinates)
        {
            if (trace.TryGetPropertyValue(name)?.Value is IEnumerable values and not string)
            {
                return values.Cast<object?>().Sum(value => value is IEnumerable row and not string ? row.Cast<object?>().Count() : 1);
            }
        }

        return 0;
    }
}
