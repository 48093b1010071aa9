using Microsoft.FSharp.Core;

namespace Plotly.NET;

/// <summary>Sets the optional parameters of the <c>init</c> functions as properties, in plotly.js' spelling.</summary>
internal static class PropertySetting
{
    public static T With<T, TValue>(this T target, string name, FSharpOption<TValue>? value)
        where T : DynamicObj.DynamicObj
    {
        if (value is not null)
        {
            target.SetValue(name, Spelled(value.Value));
        }

        return target;
    }

    private static object? Spelled(object? value) => value switch
    {
        IStyleParam known => known.Convert(),
        IEnumerable<IStyleParam> several => several.Select(item => item.Convert()).ToArray(),
        _ => value,
    };
}
