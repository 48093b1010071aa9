using Tests.Shared;
using static TorchSharp.torch;

namespace Tests.Torch;

public class PublicSurfaceTests
{
    [Fact]
    public void Every_public_member_is_one_of_the_real_package() =>
        Assert.Empty(PublicSurface.Check(typeof(Tensor).Assembly, "TorchSharp-0.105.2-and-0.107.0.txt"));
}
