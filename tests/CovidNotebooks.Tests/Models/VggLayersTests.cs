using CovidNotebooks.Models;
using Tests.Training;

namespace Tests.Models;

[Collection(SharedGenerator.Name)]
public class VggLayersTests
{
    [Theory]
    [InlineData(true, 53, "ReLU of conv4_3")]
    [InlineData(false, 37, "ReLU of conv4_4")]
    public void Each_number_names_the_layer_that_the_network_has_there(bool batchNormalization, int count, string layer)
    {
        var names = Vgg.FeatureNames(batchNormalization);
        using var features = Vgg.Features(Vgg.Blocks19, batchNormalization);
        var kinds = features.children().Select(child => child.GetType().Name).ToList();
        Assert.Equal((count, count), (names.Count, kinds.Count));
        Assert.Equal(kinds, names.Select(name => name.StartsWith("pooling", StringComparison.Ordinal) ? "MaxPool2d" : name.Split(' ')[0]));

        // torchvision's documents name layer 35 of vgg19 as the last ReLU, 36 as the last pooling; vgg19_bn has 51 and 52.
        Assert.Equal("ReLU of conv5_4", names[^2]);
        Assert.Equal("pooling after block 5", names[^1]);
        Assert.Contains(layer, names);
    }
}
