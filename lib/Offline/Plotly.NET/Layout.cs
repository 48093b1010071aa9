using System.Collections;

namespace Plotly.NET;

/// <summary>Everything of a chart that is not data: title, axes, size, annotations.</summary>
public class Layout : DynamicObj.DynamicObj
{
    private static readonly string[] Appended = ["annotations", "shapes", "selections", "images", "sliders", "hiddenlabels", "updatemenus"];

    /// <summary>The second layout's values win; lists such as annotations are appended.</summary>
    public static Layout combine(Layout first, Layout second)
    {
        var lists = Appended.Select(name => (name, List: Joined(first, second, name))).ToArray();
        DynamicObj.DynObj.combine(first, second);
        foreach (var (name, list) in lists)
        {
            if (list is not null)
            {
                first.SetValue(name, list);
            }
        }

        return first;
    }

    private static object[]? Joined(Layout first, Layout second, string name)
    {
        var before = Items(first, name);
        var after = Items(second, name);
        return before is null && after is null ? null : [.. before ?? [], .. after ?? []];
    }

    private static object[]? Items(Layout layout, string name) =>
        layout.TryGetValue(name) is { Value: IEnumerable items } ? [.. items.Cast<object>()] : null;
}
