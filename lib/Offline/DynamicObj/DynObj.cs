using System.Globalization;
using System.Text;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace DynamicObj;

/// <summary>Makes, merges and prints dynamic objects.</summary>
public static class DynObj
{
    public static DynamicObj ofDict(Dictionary<string, object?> dict) => new(dict);

    public static DynamicObj ofSeq<a>(IEnumerable<Tuple<string, a>> kv) =>
        new(kv.ToDictionary(pair => pair.Item1, pair => (object?)pair.Item2, StringComparer.Ordinal));

    public static DynamicObj ofList<a>(FSharpList<Tuple<string, a>> kv) => ofSeq(kv);

    public static DynamicObj ofArray<a>(Tuple<string, a>[] kv) => ofSeq(kv);

    /// <summary>Writes the second object's properties into the first, nested objects likewise, and answers the first.</summary>
    public static DynamicObj combine(DynamicObj first, DynamicObj second)
    {
        foreach (var (name, value) in second.GetProperties(includeInstanceProperties: true).ToArray())
        {
            if (value is DynamicObj inner && first.TryFind(name, out var existing) && existing is DynamicObj outer)
            {
                first.SetValue(name, combine(outer, inner));
            }
            else
            {
                first.SetValue(name, value);
            }
        }

        return first;
    }

    public static void setValue<a>(DynamicObj dyn, string propName, a o) => dyn.SetValue(propName, o);

    public static void setValueOpt<a>(DynamicObj dyn, string propName, FSharpOption<a>? _arg1)
    {
        if (_arg1 is not null)
        {
            dyn.SetValue(propName, _arg1.Value);
        }
    }

    public static void setValueOptBy<a, b>(DynamicObj dyn, string propName, FSharpFunc<a, b> f, FSharpOption<a>? _arg1)
    {
        if (_arg1 is not null)
        {
            dyn.SetValue(propName, f.Invoke(_arg1.Value));
        }
    }

    public static void remove(DynamicObj dyn, string propName) => dyn.Remove(propName);

    /// <summary>One line a property, nested objects indented by four spaces.</summary>
    public static string format(DynamicObj d)
    {
        var text = new StringBuilder();
        Write(d, 0);
        return text.ToString().TrimEnd('\n', '\r');

        void Write(DynamicObj item, int depth)
        {
            foreach (var (name, value) in item.GetProperties(includeInstanceProperties: true))
            {
                text.Append(' ', 4 * depth).Append('?').Append(name).Append(':');
                if (value is DynamicObj inner)
                {
                    text.AppendLine();
                    Write(inner, depth + 1);
                }
                else
                {
                    text.Append(' ').AppendLine(Convert.ToString(value, CultureInfo.InvariantCulture));
                }
            }
        }
    }

    public static void print(DynamicObj d) => Console.WriteLine(format(d));
}
