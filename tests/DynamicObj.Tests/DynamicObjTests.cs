using Microsoft.FSharp.Core;

namespace Tests.DynamicObj;

public class DynamicObjTests
{
    [Fact]
    public void Properties_are_set_and_read_by_name_and_dynamically()
    {
        var item = new Declared();
        item.SetValue("x", 3);
        ((dynamic)item).y = "four";

        Assert.Equal(3, item.TryGetValue("x").Value);
        Assert.Equal("four", item.TryGetTypedValue<string>("y").Value);
        Assert.Null(item.TryGetTypedValue<int>("y"));
        Assert.Null(item.TryGetValue("z"));
        Assert.Equal(3, ((dynamic)item).x);
    }

    [Fact]
    public void A_declared_property_is_written_in_place_and_comes_first()
    {
        var item = new Declared();
        item.SetValue("x", 1);
        item.SetValue("kind", "bar");

        Assert.Equal("bar", item.kind);
        Assert.Equal(["kind", "x"], item.GetDynamicMemberNames());
        Assert.Equal(["x"], item.GetProperties(includeInstanceProperties: false).Select(pair => pair.Key));
    }

    [Fact]
    public void Combining_merges_nested_objects_and_the_second_wins()
    {
        var first = global::DynamicObj.DynObj.ofSeq([Tuple.Create("a", (object)1), Tuple.Create("inner", (object)global::DynamicObj.DynObj.ofSeq([Tuple.Create("p", 1), Tuple.Create("q", 2)]))]);
        var second = global::DynamicObj.DynObj.ofSeq([Tuple.Create("a", (object)9), Tuple.Create("inner", (object)global::DynamicObj.DynObj.ofSeq([Tuple.Create("q", 7)]))]);

        var combined = global::DynamicObj.DynObj.combine(first, second);

        Assert.Same(first, combined);
        Assert.Equal(9, combined.TryGetValue("a").Value);
        var inner = combined.TryGetTypedValue<global::DynamicObj.DynamicObj>("inner").Value;
        Assert.Equal((1, 7), ((int)inner.TryGetValue("p").Value!, (int)inner.TryGetValue("q").Value!));
    }

    [Fact]
    public void Removed_properties_are_gone_and_copies_are_shallow()
    {
        var item = new global::DynamicObj.DynamicObj();
        var list = new List<int> { 1 };
        item.SetValue("list", list);
        global::DynamicObj.DynObj.setValueOpt(item, "none", FSharpOption<int>.None);

        var copy = item.CopyDynamicProperties();
        Assert.True(item.Remove("list"));

        Assert.False(item.Remove("list"));
        Assert.Empty(item.GetDynamicMemberNames());
        Assert.Same(list, copy.TryGetValue("list").Value);
    }

    [Fact]
    public void Equal_contents_are_equal()
    {
        var one = global::DynamicObj.DynObj.ofSeq([Tuple.Create("a", 1), Tuple.Create("b", 2)]);
        var other = global::DynamicObj.DynObj.ofSeq([Tuple.Create("b", 2), Tuple.Create("a", 1)]);

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        other.SetValue("a", 5);
        Assert.NotEqual(one, other);
    }

    private sealed class Declared : global::DynamicObj.DynamicObj
    {
        public string? kind { get; set; }
    }
}
