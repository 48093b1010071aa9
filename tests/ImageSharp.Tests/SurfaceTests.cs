using SixLabors.ImageSharp;
using Tests.Shared;

namespace Tests.ImageSharp;

public class SurfaceTests
{
    [Fact]
    public void The_stand_in_shows_nothing_that_the_real_package_lacks() =>
        Assert.Empty(PublicSurface.Check(typeof(Image).Assembly, "SixLabors.ImageSharp.txt"));
}
