using Tests.Shared;

namespace Tests.DynamicObj;

public class PublicSurfaceTests
{
    [Fact]
    public void What_the_stand_in_shows_is_what_the_package_shows() =>
        Assert.Empty(PublicSurface.Check(typeof(global::DynamicObj.DynamicObj).Assembly, "DynamicObj-2.0.0.txt"));
}
