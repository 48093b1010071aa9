using Microsoft.Data.Analysis;
using Tests.Shared;

namespace Tests.DataAnalysis;

public class SurfaceTests
{
    [Fact]
    public void The_stand_in_shows_nothing_that_the_real_package_lacks() =>
        Assert.Empty(PublicSurface.Check(typeof(DataFrame).Assembly, "Microsoft.Data.Analysis.txt"));
}
